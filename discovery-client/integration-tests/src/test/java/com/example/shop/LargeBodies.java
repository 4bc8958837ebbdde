package com.example.shop;

import java.io.InputStream;
import java.nio.file.Path;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.FileSystemResource;
import org.springframework.web.client.RestClient;

/** Uploads a file, or downloads a body, and prints what it did: in a JVM with a small heap. */
final class LargeBodies {

    private LargeBodies() {}

    public static void main(String[] arguments) throws Exception {
        try (ConfigurableApplicationContext context = SpringApplication.run(ShopApplication.class, arguments)) {
            RestClient stock = context.getBean(RestClient.Builder.class)
                    .baseUrl("http://stock-service")
                    .build();
            String file = context.getEnvironment().getProperty("upload", "");
            if (!file.isEmpty()) {
                stock.post()
                        .uri("/upload")
                        .body(new FileSystemResource(Path.of(file)))
                        .retrieve()
                        .toBodilessEntity();
                System.out.println("uploaded");
                return;
            }
            long read = stock.get().uri("/export").exchange((request, response) -> {
                try (InputStream body = response.getBody()) {
                    return body.transferTo(java.io.OutputStream.nullOutputStream());
                }
            });
            System.out.println("downloaded " + read);
        }
    }
}
