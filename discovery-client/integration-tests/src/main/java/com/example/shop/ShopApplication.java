package com.example.shop;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that calls services through Spring Boot's HTTP clients. */
@SpringBootApplication
public class ShopApplication {

    /** Starts the application. */
    public static void main(String[] arguments) {
        SpringApplication.run(ShopApplication.class, arguments);
    }
}
