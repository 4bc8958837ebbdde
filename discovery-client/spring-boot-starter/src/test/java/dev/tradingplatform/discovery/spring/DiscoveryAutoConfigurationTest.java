package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;
import org.xbill.DNS.Type;

class DiscoveryAutoConfigurationTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    private static final AutoConfigurations AUTO_CONFIGURATIONS = AutoConfigurations.of(
            DiscoveryAutoConfiguration.class,
            HttpClientAutoConfiguration.class,
            ImperativeHttpClientAutoConfiguration.class,
            RestClientAutoConfiguration.class,
            RestTemplateAutoConfiguration.class,
            HttpServiceClientPropertiesAutoConfiguration.class,
            HttpServiceClientAutoConfiguration.class);

    private static final String[] PROPERTIES = {
        "spring.http.clients.imperative.factory=jdk",
        "discovery.namespace=trading-platform.local",
        "discovery.nameservers=" + CLOUD_MAP.nameserver(),
        "discovery.loopback=true",
        "discovery.deadline=2s"
    };

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AUTO_CONFIGURATIONS)
            .withPropertyValues(PROPERTIES);
    private Backend backend;

    @BeforeEach
    void start() {
        backend = CLOUD_MAP.backend("stock-service");
    }

    private static RestClient restClient(ApplicationContext context, String baseUrl) {
        return context.getBean(RestClient.Builder.class).baseUrl(baseUrl).build();
    }

    @Test
    void aRestClientNeedsNothingButTheBaseUrl() {
        application.run(context -> {
            String body = restClient(context, "http://stock-service")
                    .get()
                    .uri("/api/v1/data/{ticker}?last=1", "TICKER_1")
                    .header("X-Mine", "kept")
                    .retrieve()
                    .body(String.class);

            assertThat(body).isEqualTo(backend.name());
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

    /** What an application writes. */
    interface StockService {

        @GetExchange("http://stock-service/api/v1/tickers")
        String tickers();
    }

    /** Its base URL is a property of its group. */
    interface StockGroup {

        @GetExchange("/api/v1/tickers")
        String tickers();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(types = StockService.class)
    @ImportHttpServices(group = "stock", types = StockGroup.class)
    static class Clients {}

    @Test
    void anHttpInterfaceNeedsNothingMore() {
        application
                .withUserConfiguration(Clients.class)
                .run(context -> assertThat(context.getBean(StockService.class).tickers())
                        .isEqualTo(backend.name()));
    }

    @Test
    void anHttpInterfaceMayHaveItsBaseUrlInAProperty() {
        application
                .withUserConfiguration(Clients.class)
                .withPropertyValues("spring.http.serviceclient.stock.base-url=http://stock-service")
                .run(context ->
                        assertThat(context.getBean(StockGroup.class).tickers()).isEqualTo(backend.name()));
    }

    @Test
    void aRestTemplateNeedsNothingButTheUrl() {
        application.run(context -> assertThat(context.getBean(RestTemplateBuilder.class)
                        .build()
                        .getForObject("http://stock-service/", String.class))
                .isEqualTo(backend.name()));
    }

    @Test
    void aRequestFactoryIsThereForOtherClients() {
        application.run(context -> {
            try (var response = context.getBean(ClientHttpRequestFactory.class)
                    .createRequest(URI.create("http://stock-service/"), HttpMethod.GET)
                    .execute()) {
                assertThat(response.getBody()).hasContent(backend.name());
            }
        });
    }

    @Test
    void callsToOtherHostsAreNotChanged() {
        application.run(context -> {
            String body = restClient(context, "http://" + backend.name())
                    .get()
                    .retrieve()
                    .body(String.class);

            assertThat(body).isEqualTo(backend.name());
            assertThat(backend.executed().getFirst().header("user-agent")).startsWith("Java-http-client");
            assertThat(CLOUD_MAP.dns().queries().count()).isZero();
        });
    }

    @Test
    void aFailureIsTheExceptionThatApplicationsCatch() {
        application.run(context -> assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> restClient(context, "http://unknown-service.trading-platform.local")
                        .get()
                        .retrieve()
                        .body(String.class))
                .withCauseInstanceOf(DiscoveryException.NoEndpoint.class)
                .withMessageContaining("unknown-service.trading-platform.local")
                .withMessageContaining("NXDOMAIN"));
    }

    @Test
    void onlyTheLibraryRepeatsACall() {
        List<Backend> all = new ArrayList<>(List.of(backend));
        Stream.generate(() -> CLOUD_MAP.backend("stock-service")).limit(4).forEach(all::add);
        all.forEach(busy -> busy.behave(BackendBehaviour.answering(503, "busy")));

        application.run(context -> assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class)
                .isThrownBy(() -> restClient(context, "http://stock-service")
                        .get()
                        .retrieve()
                        .toBodilessEntity()));

        assertThat(all.stream().mapToInt(busy -> busy.executed().size()).sum())
                .as("attempts of one call")
                .isEqualTo(3);
    }

    @Test
    void springCloudSeesTheEndpoints() {
        application.run(context -> {
            org.springframework.cloud.client.discovery.DiscoveryClient cloud =
                    context.getBean(org.springframework.cloud.client.discovery.DiscoveryClient.class);

            assertThat(cloud.getInstances("stock-service")).singleElement().satisfies(instance -> {
                assertThat(instance.getHost() + ":" + instance.getPort()).isEqualTo(backend.name());
                assertThat(instance.getServiceId()).isEqualTo("stock-service");
            });
            assertThat(cloud.getInstances("unknown-service")).isEmpty();
            assertThat(cloud.getServices())
                    .containsExactly("stock-service.trading-platform.local", "unknown-service.trading-platform.local");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a..b", "-", "http://stock-service/", "stock-service:80", "${unset}"})
    void springCloudGetsNoInstanceForATextThatIsNoServiceName(String text) {
        application.run(
                context -> assertThat(context.getBean(org.springframework.cloud.client.discovery.DiscoveryClient.class)
                                .getInstances(text))
                        .isEmpty());
    }

    @Test
    void changesOfEndpointsArePublishedAsEvents() {
        BlockingQueue<EndpointChangedEvent> events = new LinkedBlockingQueue<>();
        application
                .withInitializer(context -> context.addApplicationListener(event -> {
                    if (event instanceof PayloadApplicationEvent<?> payload
                            && payload.getPayload() instanceof EndpointChangedEvent changed) {
                        events.add(changed);
                    }
                }))
                .run(context -> {
                    RestClient stock = restClient(context, "http://stock-service");
                    stock.get().retrieve().toBodilessEntity();
                    assertThat(events.poll(10, TimeUnit.SECONDS)).isNotNull().satisfies(event -> {
                        assertThat(event.service()).isEqualTo("stock-service.trading-platform.local");
                        assertThat(event.endpoint()).hasToString(backend.name());
                        assertThat(event.state()).isEqualTo(EndpointState.ACTIVE);
                    });

                    backend.refuse();
                    assertThatExceptionOfType(ResourceAccessException.class)
                            .isThrownBy(() -> stock.get().retrieve().toBodilessEntity());

                    // The first failed connection makes it suspect.
                    EndpointChangedEvent event = Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS));
                    while (event.state() != EndpointState.EJECTED) {
                        event = Objects.requireNonNull(events.poll(10, TimeUnit.SECONDS));
                    }
                    assertThat(event.reason()).isNotEmpty();
                });
    }

    @Test
    void ipv6AddressesAreQueriedOnRequestOnly() {
        String recordType = "discovery.record-type=a";
        application.withPropertyValues(recordType).run(context -> {
            assertThat(context.getBean(DiscoveryClient.class).endpoints("stock-service"))
                    .hasSize(1);
            assertThat(CLOUD_MAP.dns().queries().count("stock-service.trading-platform.local", Type.AAAA))
                    .isZero();
        });
        application.withPropertyValues(recordType, "discovery.ipv6=true").run(context -> {
            assertThat(context.getBean(DiscoveryClient.class).endpoints("stock-service"))
                    .hasSize(1);
            assertThat(CLOUD_MAP.dns().queries().count("stock-service.trading-platform.local", Type.AAAA))
                    .isOne();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"discovery.deadline=1s", "discovery.namespace="})
    void theClientSideIsOffWithoutANamespace(String property) {
        new ApplicationContextRunner()
                .withConfiguration(AUTO_CONFIGURATIONS)
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .doesNotHaveBean(DiscoveryClient.class)
                        .doesNotHaveBean(ServiceRequestFactoryBuilder.class)
                        .doesNotHaveBean(WebClientCustomizer.class));
    }

    /** A YAML list has such keys. */
    @Test
    void severalNamespacesMayBeAList() {
        new ApplicationContextRunner()
                .withConfiguration(AUTO_CONFIGURATIONS)
                .withPropertyValues(Stream.of(PROPERTIES)
                        .filter(property -> !property.startsWith("discovery.namespace="))
                        .toArray(String[]::new))
                .withPropertyValues(
                        "discovery.namespace[0]=payments.internal.local",
                        "discovery.namespace[1]=trading-platform.local")
                .run(context -> {
                    DiscoveryClient client = context.getBean(DiscoveryClient.class);

                    assertThat(client.endpoints("stock-service")).isEmpty();
                    assertThat(client.endpoints("stock-service.trading-platform.local"))
                            .hasSize(1);
                });
    }

    /**
     * Boot detects the HTTP client of a reactive application where it builds it, and would find that of the library.
     */
    @Test
    void aReactiveApplicationCallsServicesAndKeepsItsClientForOtherHosts() {
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(AUTO_CONFIGURATIONS)
                .withPropertyValues(PROPERTIES)
                .run(context -> {
                    for (String host : List.of("stock-service", backend.name())) {
                        assertThat(restClient(context, "http://" + host)
                                        .get()
                                        .retrieve()
                                        .body(String.class))
                                .isEqualTo(backend.name());
                    }
                    assertThat(backend.executed().getLast().header("user-agent"))
                            .startsWith("Java-http-client");
                });
    }

    @Test
    void aClientOfTheApplicationTakesThePlaceOfTheLibrarys() {
        application
                .withBean(
                        "mine",
                        DiscoveryClient.class,
                        () -> DiscoveryClient.builder().namespace("other.local").build())
                .run(context ->
                        assertThat(context).hasSingleBean(DiscoveryClient.class).hasBean("mine"));
    }

    @Test
    void aCustomizerOfTheApplicationHasTheLastWord() {
        application
                .withBean(
                        DiscoveryClientBuilderCustomizer.class,
                        () -> builder -> builder.excludedHosts(List.of("stock-service")))
                .run(context -> assertThat(
                                context.getBean(DiscoveryClient.class).endpoints("stock-service"))
                        .isEmpty());
    }

    @Test
    void listenersOfTheApplicationReceiveEvents() {
        BlockingQueue<String> calls = new LinkedBlockingQueue<>();
        DiscoveryListener listener = new DiscoveryListener() {
            @Override
            public void onCall(String service, String outcome, Duration duration) {
                calls.add(service + " " + outcome);
            }
        };
        application.withBean(DiscoveryListener.class, () -> listener).run(context -> {
            restClient(context, "http://stock-service").get().retrieve().toBodilessEntity();

            assertThat(calls).containsExactly("stock-service.trading-platform.local success");
        });
    }

    @Test
    void needsNeitherWebClientNorSpringCloudNorMicrometer() {
        application
                .withClassLoader(new FilteredClassLoader(
                        "org.springframework.boot.webclient",
                        "org.springframework.web.reactive",
                        "reactor",
                        "org.springframework.cloud",
                        "io.micrometer.core"))
                .run(context -> {
                    ResponseEntity<String> response = restClient(context, "http://stock-service")
                            .get()
                            .retrieve()
                            .toEntity(String.class);
                    assertThat(response.getBody()).isEqualTo(backend.name());
                });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            discovery.namespace=no name                     | discovery.namespace: "no name" (expected: a DNS name
            discovery.nameservers=dns.example               | discovery.nameservers: "dns.example" (expected: an IP address
            discovery.deadline=0s                           | discovery.deadline: PT0S (expected: more than zero)
            discovery.services.stock-service.deadline=-1s   | discovery.services.stock-service.deadline: PT-1S (expected: more than zero)
            discovery.services.[a..b].deadline=1s           | discovery.services: "a..b" (expected: a name without a dot
            discovery.services.[other.zone].deadline=1s     | discovery.services: "other.zone" (expected: a name without a dot
            discovery.connect-timeout=-1s                   | discovery.connect-timeout: PT-1S (expected: more than zero)
            discovery.tls-handshake-timeout=0s              | discovery.tls-handshake-timeout: PT0S (expected: more than zero)
            discovery.read-timeout=0s                       | discovery.read-timeout: PT0S (expected: more than zero)
            discovery.max-attempts=0                        | discovery.max-attempts: 0 (expected: 1 or more)
            discovery.retried-statuses=404                  | discovery.retried-statuses: 404 (expected: any of [408,
            discovery.max-concurrent-calls=0                | discovery.max-concurrent-calls: 0 (expected: 1 or more)
            discovery.max-records=0                         | discovery.max-records: 0 (expected: 1 or more)
            discovery.zone-cidrs=10.0.0.0                   | discovery.zone-cidrs: "10.0.0.0" (expected: an address and
            discovery.slow-start=-1s                        | discovery.slow-start: PT-1S (expected: zero or more)
            discovery.record-type=mx                        | discovery.record-type
            discovery.deadlin=1s                            | discovery.deadlin
            discovery.services.stock-service.deadlin=1s     | discovery.services.stock-service.deadlin
            """)
    void endsTheStartAtAPropertyThatItCannotUseAndSaysWhatItExpects(String property, String message) {
        application
                .withPropertyValues(property)
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(failure -> assertThat(failure).hasStackTraceContaining(message)));
    }
}
