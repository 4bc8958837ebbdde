package dev.tradingplatform.stock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;

/**
 * Starts stock-service. Package {@code storage} has its connection pools; package {@code security} checks its tokens.
 */
@SpringBootApplication(exclude = {DataSourceAutoConfiguration.class, UserDetailsServiceAutoConfiguration.class})
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
