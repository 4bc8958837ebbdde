package dev.tradingplatform.signal.testing;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.signal.SignalServiceApplication;
import dev.tradingplatform.signal.market.FakeStockService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** signal-service as a whole, behind a real port, with replicas of a fake stock-service that it finds through DNS. */
public final class Platform implements AutoCloseable {

    private static final String SERVICE = "stock-service";

    private final CloudMap cloudMap = new CloudMap(
            CloudMapNamespace.of("trading-platform.local").withNegativeTtl(Duration.ofSeconds(1)), new Random(1));
    private final DnsServer dns;
    private final List<FakeStockService> replicas;
    private final List<String> arguments;
    private final int port;
    private ConfigurableApplicationContext service;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Platform(List<FakeStockService> replicas, String... settings) {
        this.replicas = List.copyOf(replicas);
        dns = DnsServer.start(cloudMap);
        replicas.forEach(this::register);
        arguments = new ArrayList<>(List.of(
                "--spring.main.banner-mode=off",
                "--discovery.namespace=trading-platform.local",
                "--discovery.loopback=true",
                "--discovery.nameservers=" + dns.nameserver()));
        Stream.of(settings).map(setting -> "--" + setting).forEach(arguments::add);
        service = run(0);
        port = Integer.parseInt(service.getEnvironment().getRequiredProperty("local.server.port"));
    }

    private ConfigurableApplicationContext run(int atPort) {
        return new SpringApplicationBuilder(SignalServiceApplication.class)
                .run(Stream.concat(Stream.of("--server.port=" + atPort), arguments.stream())
                        .toArray(String[]::new));
    }

    /** Starts everything. */
    public static Platform with(List<FakeStockService> replicas, String... settings) {
        return new Platform(replicas, settings);
    }

    public void register(FakeStockService replica) {
        register(replica.url().getPort());
    }

    /** Whatever listens at that port of 127.0.0.1. */
    public void register(int atPort) {
        cloudMap.register(SERVICE, "i" + atPort, InetAddress.getLoopbackAddress(), atPort);
    }

    public void deregisterAll() {
        cloudMap.instances(SERVICE).forEach(instance -> cloudMap.deregister(SERVICE, instance.id()));
    }

    public int port() {
        return port;
    }

    /** Ends signal-service as SIGTERM does. */
    public void stopService() {
        service.close();
    }

    /** Starts it again, at the port it had. */
    public void startService() {
        service = run(port);
    }

    public <T> T bean(Class<T> type) {
        return service.getBean(type);
    }

    public <T> T bean(String name, Class<T> type) {
        return service.getBean(name, type);
    }

    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/api/v1/" + path))
                .timeout(Duration.ofSeconds(60));
    }

    public HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build(), BodyHandlers.ofString());
    }

    /** Without waiting for the end of the body. */
    public HttpResponse<InputStream> open(String path, String... headers) {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build(), BodyHandlers.ofInputStream());
    }

    public <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        service.close();
        dns.close();
        replicas.forEach(FakeStockService::close);
    }
}
