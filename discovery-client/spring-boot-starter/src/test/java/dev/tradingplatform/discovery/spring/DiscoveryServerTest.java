package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiscoveryServerTest {

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ConfigurableApplicationContext> running = new ArrayList<>();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Answers at once, or when it is told to. */
    @RestController
    static class Greeting {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch finish = new CountDownLatch(1);

        @GetMapping("/now")
        String now() {
            return "hello";
        }

        @GetMapping("/later")
        String later() throws InterruptedException {
            begun.countDown();
            assertThat(finish.await(10, TimeUnit.SECONDS)).isTrue();
            return "done";
        }
    }

    private ConfigurableApplicationContext start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--spring.main.banner-mode=off"));
        arguments.addAll(Arrays.asList(settings));
        ConfigurableApplicationContext context =
                new SpringApplication(Application.class, Greeting.class).run(arguments.toArray(String[]::new));
        running.add(context);
        return context;
    }

    @AfterEach
    void stop() {
        running.forEach(ConfigurableApplicationContext::close);
    }

    private static HttpRequest get(ConfigurableApplicationContext context, String path) {
        int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) throws Exception {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void everyResponseNamesTheServiceThatGaveIt() throws Exception {
        ConfigurableApplicationContext context = start("--discovery.server.name=stock-service");

        for (String path : List.of("/now", "/nothing-there")) {
            HttpResponse<String> response = send(get(context, path));
            assertThat(response.headers().allValues("Discovery-Service")).containsExactly("stock-service");
            assertThat(response.headers().firstValue("Discovery-Draining")).isEmpty();
        }
    }

    @Test
    void saysNothingWithoutAName() throws Exception {
        assertThat(send(get(start(), "/now")).headers().firstValue("Discovery-Service"))
                .isEmpty();
    }

    @Test
    void keepsServingWhileItDrainsAndSendsCallersElsewhere() throws Exception {
        ConfigurableApplicationContext context =
                start("--discovery.server.name=stock-service", "--discovery.server.drain=3s");
        HttpRequest now = get(context, "/now");
        CompletableFuture<HttpResponse<String>> inFlight =
                http.sendAsync(get(context, "/later"), HttpResponse.BodyHandlers.ofString());
        assertThat(context.getBean(Greeting.class).begun.await(10, TimeUnit.SECONDS))
                .isTrue();
        Drain drain = context.getBean(Drain.class);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(context::close);
        while (!drain.begun()) {
            LockSupport.parkNanos(1_000_000);
        }
        HttpResponse<String> meanwhile = send(now);

        assertThat(meanwhile.statusCode()).isEqualTo(200);
        assertThat(meanwhile.headers().firstValue("Discovery-Draining")).contains("true");
        assertThat(meanwhile.headers().firstValue("Connection")).contains("close");
        context.getBean(Greeting.class).finish.countDown();
        assertThat(inFlight.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
        closing.get(20, TimeUnit.SECONDS);
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> send(now));
    }

    @Test
    void refusesANameThatIsNone() {
        assertThat(catchThrowable(() -> start("--discovery.server.name=stock service")))
                .hasStackTraceContaining(
                        "discovery.server.name cannot be used: service name: \"stock service\" (expected: a DNS name");
    }

    @Test
    void refusesANegativeDrainTime() {
        assertThat(catchThrowable(() -> start("--discovery.server.drain=-1s")))
                .hasStackTraceContaining("discovery.server.drain: PT-1S (expected: 0s or more)");
    }
}
