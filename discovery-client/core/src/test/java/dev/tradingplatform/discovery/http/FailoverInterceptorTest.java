package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailoverInterceptorTest {

    private Fleet fleet = Fleet.of(2);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(Fleet other) {
        fleet.close();
        fleet = other;
    }

    /** @param afterwards what a customizer does that runs after the library's */
    private CloseableHttpClient configured(Consumer<HttpClientBuilder> afterwards) {
        return configured(UnaryOperator.identity(), afterwards);
    }

    private CloseableHttpClient configured(
            UnaryOperator<ServiceSettings> settings, Consumer<HttpClientBuilder> afterwards) {
        HttpClientBuilder builder = HttpClientBuilder.create();
        fleet.client().configure(builder, PoolingHttpClientConnectionManagerBuilder.create(), settings);
        afterwards.accept(builder);
        return builder.build();
    }

    @Test
    void passesTheSelfTestAndSendsNothing() throws IOException {
        try (CloseableHttpClient client = configured(unchanged -> {})) {
            fleet.client().requireConfigured(client);
        }
        fleet.client().requireConfigured(fleet.client().httpClient());

        assertThat(fleet.dns().queries().count()).isZero();
        assertThat(fleet.executed()).isZero();
    }

    @Test
    void standsInTheChainAlsoIfRetriesAreDisabledAfterwards() throws IOException {
        try (CloseableHttpClient client = configured(HttpClientBuilder::disableAutomaticRetries)) {
            fleet.client().requireConfigured(client);
            fleet.backend(0).refuse();

            for (int call = 0; call < 10; call++) {
                assertThat(Fleet.send(client, new HttpGet(Fleet.URL + "/")).body())
                        .isEqualTo(fleet.backend(1).name());
            }
        }
    }

    @Test
    void failsTheSelfTestIfItWasReplaced() throws IOException {
        try (CloseableHttpClient client = configured(builder -> builder.replaceExecInterceptor(
                FailoverInterceptor.NAME, (request, scope, chain) -> chain.proceed(request, scope)))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> fleet.client().requireConfigured(client))
                    .withMessageContaining("does not call services through discovery-client");
        }
    }

    @Test
    void failsTheSelfTestIfTheConnectionManagerWasReplaced() throws IOException {
        try (CloseableHttpClient client = configured(builder -> builder.setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create().build()))) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> fleet.client().requireConfigured(client))
                    .withMessageContaining("connection manager");
        }
    }

    @Test
    void executesAPostAtMostOnceIfTheConnectionManagerWasReplaced() throws IOException {
        try (CloseableHttpClient client = configured(builder -> builder.setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create().build()))) {
            assertThatIOException()
                    .isThrownBy(() -> Fleet.send(client, new HttpPost(Fleet.URL + "/")))
                    .withMessageContaining("another connection manager");

            assertThat(fleet.executed()).isLessThanOrEqualTo(1);
        }
    }

    @Test
    void failsTheSelfTestOfAClientThatWasNotConfiguredWhateverItsNetworkAnswers() throws IOException {
        try (CloseableHttpClient unknownHost = HttpClients.createDefault()) {
            assertThatIllegalStateException().isThrownBy(() -> fleet.client().requireConfigured(unknownHost));
        }
        try (Backend anyHost = Backend.start();
                CloseableHttpClient client = HttpClients.custom()
                        .setRoutePlanner((host, context) -> new HttpRoute(new HttpHost(
                                "http",
                                anyHost.address().getAddress(),
                                anyHost.address().getPort())))
                        .build()) {
            assertThatIllegalStateException().isThrownBy(() -> fleet.client().requireConfigured(client));
            assertThat(anyHost.executed()).hasSize(1);
        }
    }

    @Test
    void usesTheSettingsOfTheHttpClient() throws IOException {
        fleet.backend(0).behave(BackendBehaviour.answering(429, "too many"));
        assertThat(fleet.getsUnchecked(50))
                .as("the client's own HttpClient does not retry 429")
                .contains("too many");
        try (CloseableHttpClient client =
                configured(settings -> settings.withRetriedStatuses(Set.of(429)), unchanged -> {})) {
            for (int call = 0; call < 20; call++) {
                assertThat(Fleet.send(client, new HttpGet(Fleet.URL + "/")).status())
                        .isEqualTo(200);
            }
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void hedgesByTheDeadlineOfTheHttpClient() throws IOException {
        start(Fleet.of(2, settings -> settings.withDeadline(Duration.ofMinutes(1))));
        BackendBehaviour inTurn =
                BackendBehaviour.inTurn(BackendBehaviour.silent(), BackendBehaviour.answering(200, "second"));
        fleet.backends().forEach(backend -> backend.behave(inTurn));
        try (CloseableHttpClient client =
                configured(settings -> settings.withDeadline(Duration.ofSeconds(2)), unchanged -> {})) {
            assertThat(Fleet.send(client, new HttpGet(Fleet.URL + "/")).body()).isEqualTo("second");
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void redirectsShareTheDeadlineOfTheFirstRequest() {
        start(Fleet.of(1, settings -> settings.withDeadline(Duration.ofMillis(1_500))));
        fleet.backend(0)
                .behave(BackendBehaviour.choosing(request -> request.path().equals("/new")
                        ? BackendBehaviour.answering(200, "new").after(Duration.ofMillis(900))
                        : BackendBehaviour.redirecting(302, "/new").after(Duration.ofMillis(900))));
        long begin = System.nanoTime();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class)
                .isThrownBy(() -> fleet.send(new HttpGet(Fleet.URL + "/old")));

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(1_400), Duration.ofMillis(2_500));
    }

    @Test
    void followsRedirectsWithinAndBetweenServices() throws IOException {
        try (Backend other = Backend.start()) {
            fleet.cloudMap()
                    .register(
                            "other",
                            "task1",
                            other.address().getAddress(),
                            other.address().getPort());
            fleet.backends()
                    .forEach(backend -> backend.behave(BackendBehaviour.choosing(request -> switch (request.path()) {
                        case "/old" -> BackendBehaviour.redirecting(302, "/new");
                        case "/other" -> BackendBehaviour.redirecting(307, "http://other/");
                        default -> BackendBehaviour.answering(200, request.path());
                    })));

            assertThat(fleet.send(new HttpGet(Fleet.URL + "/old")).body()).isEqualTo("/new");
            assertThat(fleet.send(new HttpGet(Fleet.URL + "/other")).body()).isEqualTo(other.name());
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void eachCallHasItsOwnDeadlineAlsoInOneContext() throws IOException {
        start(Fleet.of(1, settings -> settings.withDeadline(Duration.ofSeconds(1))));
        fleet.backend(0).behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(600)));
        HttpClientContext context = HttpClientContext.create();

        for (int call = 0; call < 3; call++) {
            assertThat(fleet.client()
                            .httpClient()
                            .execute(new HttpGet(Fleet.URL + "/"), context, Fleet.Response::of)
                            .body())
                    .isEqualTo("late");
        }
    }

    @Test
    void decodesCompressedResponses() throws IOException {
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answeringGzip(200, "unpacked")));

        assertThat(fleet.get()).isEqualTo("unpacked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://my_service/",
                "http://my_service:8080/",
                "http://MY_SERVICE/",
                "HTTP://my_service/",
                "http://my_service.trading-platform.local/",
                "http://my_service.trading-platform.local./",
                "http://My_Service.Trading-Platform.Local/"
            })
    void callsServicesHoweverTheirNameIsWritten(String url) throws IOException {
        Backend backend = fleet.backend(0);
        fleet.cloudMap()
                .register(
                        "my_service",
                        "task1",
                        backend.address().getAddress(),
                        backend.address().getPort());

        assertThat(fleet.send(new HttpGet(URI.create(url))).body()).isEqualTo(backend.name());
    }

    @Test
    void doesNotTouchRequestsToOtherHosts() throws IOException {
        try (Backend other = Backend.start()) {
            other.behave(BackendBehaviour.answering(503, "busy", "Discovery-Draining: true"));

            for (String host : List.of("127.0.0.1", "localhost")) {
                Fleet.Response response = fleet.send(
                        new HttpGet("http://" + host + ":" + other.address().getPort() + "/"));
                assertThat(response.status()).isEqualTo(503);
                assertThat(response.headers()).containsKey("discovery-draining");
            }

            assertThat(other.executed())
                    .hasSize(2)
                    .allMatch(request -> request.header("discovery-timeout-ms").isEmpty());
            assertThat(fleet.dns().queries().count()).isZero();
            assertThat(fleet.events().calls()).isEmpty();
        }
    }

    @Test
    void doesNotTouchRequestsToExcludedHosts() {
        try (Backend other = Backend.start();
                DiscoveryClient client = fleet.builder()
                        .excludedHosts(List.of("Legacy-Host"))
                        .connections(connections -> connections.setDnsResolver(new DnsResolver() {
                            @Override
                            public InetAddress[] resolve(String host) {
                                return new InetAddress[] {InetAddress.getLoopbackAddress()};
                            }

                            @Override
                            public String resolveCanonicalHostname(String host) {
                                return host;
                            }
                        }))
                        .build()) {
            String url = "http://legacy-host:" + other.address().getPort() + "/";

            assertThat(Load.unchecked(() ->
                            Fleet.send(client.httpClient(), new HttpGet(url)).body()))
                    .isEqualTo(other.name());

            assertThat(fleet.dns().queries().count()).isZero();
        }
    }

    @Test
    void reportsTheOutcomeOfEachCall() throws IOException {
        fleet.get();
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(404, "")));
        fleet.get();
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(500, "")));
        fleet.get();
        fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.breakingAfterExecution()));
        assertThatIOException().isThrownBy(() -> fleet.post("x"));

        assertThat(fleet.events().calls()).containsExactly("success", "success", "error", "attempts-failed");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void namesTheServiceThatHasNoEndpointHoweverOftenItIsCalled() {
        start(Fleet.of(1, settings -> settings.withDeadline(Duration.ofMillis(300))));
        for (int call = 0; call < 3; call++) {
            assertThatExceptionOfType(DiscoveryException.NoEndpoint.class)
                    .isThrownBy(() -> fleet.send(new HttpGet("http://stok-service-that-is-misspelt/")))
                    .withMessageStartingWith("stok-service-that-is-misspelt.trading-platform.local has no endpoint");
        }
        assertThat(fleet.events().calls()).containsOnly("no-endpoint");
    }
}
