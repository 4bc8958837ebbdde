package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.http.DiscoverySettings;
import dev.tradingplatform.discovery.http.ServiceCallException;
import dev.tradingplatform.discovery.http.ServiceClient;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;
import org.xbill.DNS.Type;

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
    void nobodyRepeatsACallBesidesTheClientItself() {
        List<Backend> all = new ArrayList<>(List.of(backend));
        for (int more = 2; more <= 5; more++) {
            Backend another = Backend.start(InetAddress.getLoopbackAddress(), 0);
            all.add(another);
            cloudMap.register(
                    "stock-service",
                    "task" + more,
                    another.address().getAddress(),
                    another.address().getPort());
        }
        try {
            all.forEach(busy -> busy.behave(BackendBehaviour.answering(503, "busy")));
            application.run(context -> {
                assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class)
                        .isThrownBy(() -> restClient(context, "http://stock-service")
                                .get()
                                .retrieve()
                                .toBodilessEntity());
                assertThat(all.stream().mapToInt(busy -> busy.executed().size()).sum())
                        .as("attempts of one call")
                        .isEqualTo(3);
            });
        } finally {
            all.forEach(Backend::close);
        }
    }

    @Test
    void showsEndpointsToSpringCloud() {
        application.run(context -> {
            DiscoveryClient cloud = context.getBean(DiscoveryClient.class);

            assertThat(cloud.getInstances("stock-service")).singleElement().satisfies(instance -> {
                assertThat(instance.getHost() + ":" + instance.getPort()).isEqualTo(backend.name());
                assertThat(instance.getServiceId()).isEqualTo("stock-service");
            });
            assertThat(cloud.getInstances("unknown-service")).isEmpty();
            assertThat(cloud.getServices())
                    .containsExactly("stock-service.trading-platform.local", "unknown-service.trading-platform.local");
        });
    }

    @Test
    void publishesChangesOfEndpointsAsEvents() {
        BlockingQueue<EndpointChanged> events = new LinkedBlockingQueue<>();
        application
                .withInitializer(context -> context.addApplicationListener(event -> {
                    if (event instanceof PayloadApplicationEvent<?> payload
                            && payload.getPayload() instanceof EndpointChanged changed) {
                        events.add(changed);
                    }
                }))
                .run(context -> {
                    RestClient stock = restClient(context, "http://stock-service");
                    stock.get().retrieve().toBodilessEntity();
                    assertThat(events.poll(10, TimeUnit.SECONDS)).isNotNull().satisfies(event -> {
                        assertThat(event.endpoint()).hasToString(backend.name());
                        assertThat(event.state()).isEqualTo(EndpointState.ACTIVE);
                    });

                    backend.refuse();
                    assertThatExceptionOfType(ServiceCallException.class)
                            .isThrownBy(() -> stock.get().retrieve().toBodilessEntity());
                    // A kept connection that breaks makes it suspect first.
                    EndpointChanged event = Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS));
                    while (event.state() != EndpointState.EJECTED) {
                        event = Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS));
                    }
                    assertThat(event.reason()).startsWith("no connection");
                });
    }

    @Test
    void asksForIpv6AddressesOnRequestOnly() {
        String target = "http://stock-service";
        application.withPropertyValues("discovery.record=a").run(context -> {
            assertThatExceptionOfType(ServiceCallException.class)
                    .isThrownBy(() ->
                            restClient(context, target + ":1").get().retrieve().toBodilessEntity());
            assertThat(dns.queries().count("stock-service.trading-platform.local", Type.AAAA))
                    .isZero();
        });
        application
                .withPropertyValues("discovery.record=a", "discovery.ipv6=true")
                .run(context -> {
                    assertThatExceptionOfType(ServiceCallException.class)
                            .isThrownBy(() -> restClient(context, target + ":1")
                                    .get()
                                    .retrieve()
                                    .toBodilessEntity());
                    assertThat(dns.queries().count("stock-service.trading-platform.local", Type.AAAA))
                            .isOne();
                });
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
        "discovery.namespace=no name, discovery.namespace cannot be used: service name: \"no name\"",
        "discovery.nameservers=dns.example, discovery.nameservers cannot be used: nameserver: \"dns.example\" (expected:",
        "discovery.deadline=0s, discovery.deadline cannot be used: deadline: PT0S (expected: more than zero)",
        "discovery.deadlines.stock-service=0s, discovery.deadlines.stock-service cannot be used: deadline: PT0S (expect",
        "discovery.deadlines.[a..b]=1s, discovery.deadlines.a..b cannot be used: service name: \"a..b\" (expected: a DNS",
        "discovery.connect-timeout=-1s, discovery.connect-timeout cannot be used: connect timeout: PT-1S (expected:",
        "discovery.max-concurrent-calls=0, discovery.max-concurrent-calls cannot be used: most concurrent calls: 0 (exp",
        "discovery.hedge-after=-1s, discovery.hedge-after cannot be used: hedge after: PT-1S (expected: zero or more)",
        "discovery.zone-cidrs=10.0.0.0, discovery.zone-cidrs cannot be used: address range: \"10.0.0.0\" (expected:",
        "discovery.slow-start=-1s, discovery.slow-start cannot be used: slow start: PT-1S (expected: zero or more)",
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
