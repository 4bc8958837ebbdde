package com.example.shop;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/**
 * A batch job: calls the URL of the system property {@code calls.url} as often as {@code calls.number} says (once by
 * default), prints the answers and returns from its main method. Closes its context if {@code calls.close} is true.
 */
public class CallingApplication {

    /** Runs the job. */
    public static void main(String[] arguments) {
        var context = new SpringApplication(ShopApplication.class, CallingApplication.class).run(arguments);
        if (Boolean.getBoolean("calls.close")) {
            context.close();
        }
    }

    @Bean
    CommandLineRunner calls(RestClient.Builder builder) {
        return arguments -> {
            RestClient client =
                    builder.baseUrl(System.getProperty("calls.url", "")).build();
            List<String> answers = new ArrayList<>();
            for (int call = 0; call < Integer.getInteger("calls.number", 1); call++) {
                answers.add(RunningShop.get(client));
            }
            System.out.println("answers: " + answers);
        };
    }
}
