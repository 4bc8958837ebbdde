package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/**
 * A web application with all auto-configurations that runs on a free port and resolves names at a test's DNS server.
 */
final class TestApplication implements AutoCloseable {

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Configured {}

    private TestApplication(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Starts an application with a controller, without a namespace. */
    static TestApplication start(Class<?> controller, String... properties) {
        Stream<String> arguments = Stream.concat(
                Stream.of(
                        "server.port=0",
                        "spring.main.banner-mode=off",
                        "management.endpoints.web.exposure.include=discovery,health,metrics",
                        "management.endpoint.health.show-details=always"),
                Stream.of(properties));
        return new TestApplication(new SpringApplication(Configured.class, controller)
                .run(arguments.map(each -> "--" + each).toArray(String[]::new)));
    }

    /** Starts an application that calls the services of a namespace. */
    static TestApplication start(CloudMapExtension cloudMap, Class<?> controller, String... properties) {
        Stream<String> client = Stream.of(
                "discovery.namespace=" + cloudMap.namespace(),
                "discovery.nameservers=" + cloudMap.nameserver(),
                "discovery.loopback=true");
        return start(controller, Stream.concat(client, Stream.of(properties)).toArray(String[]::new));
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    RestClient restClient(String baseUrl) {
        return context.getBean(RestClient.Builder.class).baseUrl(baseUrl).build();
    }

    /** Returns the body of an answer of the actuator. */
    String actuator(String path) throws IOException, InterruptedException {
        return get("/actuator" + path).body();
    }

    /** Returns a request to this application. */
    HttpRequest request(String path, String... headerNamesAndValues) {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        return headerNamesAndValues.length == 0
                ? request.build()
                : request.headers(headerNamesAndValues).build();
    }

    /** Sends a request to this application. */
    HttpResponse<String> get(String path, String... headerNamesAndValues) throws IOException, InterruptedException {
        return send(request(path, headerNamesAndValues));
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a request to this application and does not wait for the response. */
    CompletableFuture<HttpResponse<String>> getLater(String path) {
        return http.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        context.close();
        http.close();
    }
}
