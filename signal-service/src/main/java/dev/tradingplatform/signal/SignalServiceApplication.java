package dev.tradingplatform.signal;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts signal-service. */
@SpringBootApplication
public class SignalServiceApplication {

    /**
     * Runs the service until it is told to stop.
     *
     * @param args Spring Boot's command line properties, such as {@code --server.port=8080}
     */
    public static void main(String[] args) {
        SpringApplication.run(SignalServiceApplication.class, args);
    }
}
