package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.ServiceStatus;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

/** The application, started as its main method starts it, with the nameserver of a test. Without a web server. */
final class RunningShop implements AutoCloseable {

    static final String NAMESPACE = "trading-platform.local";

    private final ConfigurableApplicationContext context;

    private RunningShop(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts the application.
     *
     * @param properties such as {@code discovery.deadline=2s}; they precede the defaults of this class
     */
    static RunningShop start(String nameserver, String... properties) {
        return start(nameserver, List.of(), properties);
    }

    /**
     * Starts the application with further classes that have {@code @Bean} methods.
     *
     * @param properties such as {@code discovery.deadline=2s}; they precede the defaults of this class
     */
    static RunningShop start(String nameserver, List<Class<?>> further, String... properties) {
        Class<?>[] sources = Stream.concat(Stream.of(ShopApplication.class), further.stream())
                .toArray(Class<?>[]::new);
        return new RunningShop(new SpringApplication(sources).run(arguments(nameserver, properties)));
    }

    /** Returns the arguments of the main method for a nameserver and further properties. */
    static String[] arguments(String nameserver, String... properties) {
        return Stream.concat(
                        Stream.of(
                                "discovery.namespace=" + NAMESPACE,
                                "discovery.nameservers=" + nameserver,
                                "discovery.loopback=true",
                                "spring.main.web-application-type=none",
                                "spring.main.banner-mode=off"),
                        Stream.of(properties))
                .map(property -> "--" + property)
                .toArray(String[]::new);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    /** Returns a client made by the injected builder. */
    RestClient client(String baseUrl) {
        return context.getBean(RestClient.Builder.class).baseUrl(baseUrl).build();
    }

    /** Returns a client of {@code http://stock-service}. */
    RestClient stock() {
        return client("http://stock-service");
    }

    /** Returns the body of the response to a GET. */
    static String get(RestClient client) {
        return String.valueOf(client.get().uri("/quotes").retrieve().body(String.class));
    }

    /** Returns the body of the response to a POST. */
    static String post(RestClient client, String body) {
        return String.valueOf(client.post().uri("/orders").body(body).retrieve().body(String.class));
    }

    List<ServiceStatus> status() {
        return context.getBean(DiscoveryClient.class).status();
    }

    /** Returns the endpoints of all services that take calls, such as {@code 127.0.0.1:40123}. */
    List<String> activeEndpoints() {
        return status().stream()
                .flatMap(service -> service.endpoints().stream())
                .filter(endpoint -> endpoint.state() == EndpointState.ACTIVE)
                .map(EndpointStatus::endpoint)
                .map(Object::toString)
                .toList();
    }

    /** Asserts that all endpoints of the service take calls, as {@code DiscoveryClient} and each of them say. */
    void assertNoneEjected(int endpoints) {
        assertThat(activeEndpoints()).as(status().toString()).hasSize(endpoints);
    }

    @Override
    public void close() {
        context.close();
    }
}
