package dev.tradingplatform.stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;

/** Starts stock-service. Its two connection pools are its own: see {@code storage}. */
@SpringBootApplication(exclude = DataSourceAutoConfiguration.class)
public class StockServiceApplication {

    /**
     * Runs the service until it is told to stop.
     *
     * @param args Spring Boot's command line properties, such as {@code --server.port=8080}
     */
    public static void main(String[] args) {
        SpringApplication.run(StockServiceApplication.class, args);
    }
}
