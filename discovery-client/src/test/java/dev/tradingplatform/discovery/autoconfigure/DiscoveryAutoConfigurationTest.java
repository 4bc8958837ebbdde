package dev.tradingplatform.discovery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.call.DiscoverySettings;
import dev.tradingplatform.discovery.call.ServiceCallException;
import dev.tradingplatform.discovery.call.ServiceClient;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendRequest;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

class DiscoveryAutoConfigurationTest {

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private DnsServer dns;
    private Backend backend;
    private ApplicationContextRunner application;

    @BeforeEach
    void start() throws IOException {
        dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
        backend = Backend.start(InetAddress.getLoopbackAddress(), 0);
        cloudMap.register(
                "stock-service",
                "task1",
                backend.address().getAddress(),
                backend.address().getPort());
        application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DiscoveryAutoConfiguration.class,
                        HttpClientAutoConfiguration.class,
                        ImperativeHttpClientAutoConfiguration.class,
                        RestClientAutoConfiguration.class,
                        HttpServiceClientPropertiesAutoConfiguration.class,
                        HttpServiceClientAutoConfiguration.class))
                .withPropertyValues(
                        "discovery.namespace=trading-platform.local",
                        "discovery.nameservers=127.0.0.1:" + dns.address().getPort(),
                        "discovery.loopback=true",
                        "discovery.deadline=2s");
    }

    @AfterEach
    void stop() {
        backend.close();
        dns.close();
    }

    private static RestClient restClient(ApplicationContext context, String baseUrl) {
        return context.getBean(RestClient.Builder.class).baseUrl(baseUrl).build();
    }

    @Test
    void aRestClientNeedsNothingButTheBaseUrl() {
        application.run(context -> {
            ResponseEntity<String> answer = restClient(context, "http://stock-service")
                    .get()
                    .uri("/api/v1/data/{ticker}?last=1", "TICKER_1")
                    .header("X-Mine", "kept")
                    .retrieve()
                    .toEntity(String.class);

            assertThat(answer.getBody()).isEqualTo(backend.name());
            assertThat(answer.getHeaders().getFirst("Discovery-Endpoint")).isEqualTo(backend.name());
            BackendRequest request = backend.executed().getFirst();
            assertThat(request.path()).isEqualTo("/api/v1/data/TICKER_1?last=1");
            assertThat(request.header("x-mine")).isEqualTo("kept");
        });
    }

    @Test
    void aBodyArrivesOnceAndWhole() {
        application.run(context -> {
            restClient(context, "http://stock-service.trading-platform.local")
                    .post()
                    .uri("/api/v1/data/TICKER_1")
                    .body("date,open\n2024-01-02,1")
                    .retrieve()
                    .toBodilessEntity();

            assertThat(backend.executed()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo("POST");
                assertThat(request.body()).isEqualTo("date,open\n2024-01-02,1");
                assertThat(request.header("content-type")).startsWith("text/plain");
            });
        });
    }

    /** What a user would write. */
    interface StockService {

        @GetExchange("http://stock-service/api/v1/tickers")
        String tickers();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(types = StockService.class)
    static class Clients {}

    @Test
    void anHttpInterfaceNeedsNothingMore() {
        application
                .withUserConfiguration(Clients.class)
                .run(context -> assertThat(context.getBean(StockService.class).tickers())
                        .isEqualTo(backend.name()));
    }

    @Test
    void callsToOtherHostsStayWhatTheyWere() {
        application.run(context -> {
            ResponseEntity<String> answer = restClient(context, "http://" + backend.name())
                    .get()
                    .retrieve()
                    .toEntity(String.class);

            assertThat(answer.getBody()).isEqualTo(backend.name());
            assertThat(answer.getHeaders().containsHeader("Discovery-Endpoint")).isFalse();
            assertThat(dns.queries().count()).isZero();
        });
    }

    @Test
    void aFailureArrivesAsItWasThrown() {
        application.run(context -> assertThatExceptionOfType(ServiceCallException.NoEndpoint.class)
                .isThrownBy(() -> restClient(context, "http://unknown-service")
                        .get()
                        .retrieve()
                        .body(String.class))
                .withMessageContaining("unknown-service.trading-platform.local")
                .withMessageContaining("NXDOMAIN"));
    }

    @Test
    void isOffWithoutANamespace() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(DiscoveryAutoConfiguration.class))
                .run(context -> assertThat(context).doesNotHaveBean(ServiceClient.class));
    }

    @Test
    void leavesAServiceClientOfTheApplicationsOwnInPlace() {
        application
                .withBean(
                        "mine",
                        ServiceClient.class,
                        () -> ServiceClient.of(DiscoverySettings.inNamespace("other.local")))
                .run(context ->
                        assertThat(context).hasSingleBean(ServiceClient.class).hasBean("mine"));
    }

    @ParameterizedTest
    @CsvSource({
        "discovery.namespace=no name, service name: \"no name\"",
        "discovery.nameservers=dns.example, nameserver: \"dns.example\" (expected: an IP address",
        "discovery.deadline=0s, deadline: PT0S (expected: more than zero)",
        "discovery.record=mx, discovery.record"
    })
    void refusesASettingItCannotUseAndSaysWhatItExpects(String property, String message) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(failure -> assertThat(failure).hasStackTraceContaining(message)));
    }
}
