package com.example.shop;

import static org.awaitility.Awaitility.await;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.devtools.restart.Restarter;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** Calls stock-service after each start, restarts three times as devtools does after a change, and ends the JVM. */
public class RestartingApplication {

    private static final String STARTS = "restarting.starts";

    /** Is called again by devtools, with the classes of the application loaded anew. */
    public static void main(String[] arguments) {
        new SpringApplication(ShopApplication.class, RestartingApplication.class).run(arguments);
    }

    @Bean
    ApplicationRunner calls(RestClient.Builder builder) {
        return arguments -> {
            int start = Integer.getInteger(STARTS, 0) + 1;
            System.setProperty(STARTS, Integer.toString(start));
            System.out.println("start " + start + ": "
                    + RunningShop.get(builder.baseUrl("http://stock-service").build()));
            new Thread(() -> restartOrEnd(start)).start();
        };
    }

    private static void restartOrEnd(int start) {
        if (start < 4) {
            Restarter.getInstance().restart();
        } else {
            await().until(() -> threadsOfTheLibrary() <= 2);
            System.out.println("threads: " + threadsOfTheLibrary());
            System.exit(0);
        }
    }

    private static long threadsOfTheLibrary() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("discovery-"))
                .count();
    }
}
