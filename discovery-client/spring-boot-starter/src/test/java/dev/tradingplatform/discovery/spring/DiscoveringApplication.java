package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

/** A running web application that finds one stock-service through a real DNS server, all on loopback. */
public final class DiscoveringApplication implements AutoCloseable {

    private final Backend stock = Backend.start(InetAddress.getLoopbackAddress(), 0);
    private final DnsServer dns;
    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private DiscoveringApplication(Duration ttl, Class<?>[] controllers, String[] settings) throws IOException {
        CloudMap cloudMap =
                new CloudMap(CloudMapNamespace.of("trading-platform.local").withTtl(ttl), new Random(1));
        cloudMap.register(
                "stock-service",
                "task1",
                stock.address().getAddress(),
                stock.address().getPort());
        dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
        Class<?>[] sources = Stream.concat(Stream.of(Application.class), Stream.of(controllers))
                .toArray(Class<?>[]::new);
        Stream<String> own = Stream.of(
                "--server.port=0",
                "--spring.main.banner-mode=off",
                "--management.endpoints.web.exposure.include=discovery,health,metrics",
                "--management.endpoint.health.show-details=always",
                "--discovery.namespace=trading-platform.local",
                "--discovery.nameservers=127.0.0.1:" + dns.address().getPort(),
                "--discovery.loopback=true");
        context = new SpringApplication(sources)
                .run(Stream.concat(own, Stream.of(settings)).toArray(String[]::new));
    }

    /** With a ttl so long that DNS is asked once. */
    static DiscoveringApplication start() throws IOException {
        return start(Duration.ofSeconds(60));
    }

    static DiscoveringApplication start(Duration ttl) throws IOException {
        return new DiscoveringApplication(ttl, new Class<?>[0], new String[0]);
    }

    /** With a controller of the test's own. */
    public static DiscoveringApplication start(Class<?> controller, String... settings) throws IOException {
        return new DiscoveringApplication(Duration.ofSeconds(60), new Class<?>[] {controller}, settings);
    }

    /** The one instance of the stock-service. */
    public Backend stock() {
        return stock;
    }

    DnsServer dns() {
        return dns;
    }

    /** As Spring Boot builds it in the application. */
    RestClient restClient(String baseUrl) {
        return context.getBean(RestClient.Builder.class).baseUrl(baseUrl).build();
    }

    String actuator(String path) throws Exception {
        return get("/actuator" + path).body();
    }

    /**
     * Asks the application itself.
     *
     * @param headers names and values in turn
     */
    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.close();
        context.close();
        stock.close();
        dns.close();
    }
}
