package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.FailedAttempt;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.TestCertificates;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.FilteredHostException;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientSsl;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.registry.ImportHttpServices;

class ServiceRequestFactoryBuilderTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    private static final TestCertificates AUTHORITY = TestCertificates.create();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DiscoveryAutoConfiguration.class,
                    HttpClientAutoConfiguration.class,
                    ImperativeHttpClientAutoConfiguration.class,
                    RestClientAutoConfiguration.class,
                    RestTemplateAutoConfiguration.class,
                    SslAutoConfiguration.class,
                    HttpServiceClientPropertiesAutoConfiguration.class,
                    HttpServiceClientAutoConfiguration.class))
            .withPropertyValues(
                    "spring.http.clients.imperative.factory=jdk",
                    "discovery.namespace=trading-platform.local",
                    "discovery.nameservers=" + CLOUD_MAP.nameserver(),
                    "discovery.loopback=true");
    private Backend backend;

    @BeforeEach
    void start() {
        backend = CLOUD_MAP.backend("stock-service");
    }

    private static RestClient restClient(ApplicationContext context, String host) {
        return context.getBean(RestClient.Builder.class)
                .baseUrl("http://" + host)
                .build();
    }

    private String userAgent(ApplicationContext context, String host) {
        backend.clearRequests();
        restClient(context, host).get().retrieve().toBodilessEntity();
        return backend.executed().getFirst().header("user-agent");
    }

    private static ClientHttpRequestFactoryBuilder<?> withUserAgent(String userAgent) {
        return ClientHttpRequestFactoryBuilder.httpComponents()
                .withHttpClientCustomizer(http -> http.setUserAgent(userAgent));
    }

    private static DiscoveryException failure(Runnable call) {
        ResourceAccessException failure = catchThrowableOfType(ResourceAccessException.class, call::run);
        return (DiscoveryException) Objects.requireNonNull(failure.getCause());
    }

    private static DiscoveryException failure(RestClient client, HttpMethod method) {
        return failure(() -> client.method(method).retrieve().toBodilessEntity());
    }

    /** An application with a builder of its own. */
    @Configuration(proxyBeanMethods = false)
    static class OwnBuilder {

        @Bean
        HttpComponentsClientHttpRequestFactoryBuilder mine() {
            return (HttpComponentsClientHttpRequestFactoryBuilder) withUserAgent("mine");
        }

        @Bean
        Supplier<HttpComponentsClientHttpRequestFactoryBuilder> injected(
                HttpComponentsClientHttpRequestFactoryBuilder byType) {
            return () -> byType;
        }
    }

    @Test
    void aBuilderOfTheApplicationServesOtherHostsAndDescribesTheClientForServices() {
        application.withUserConfiguration(OwnBuilder.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean("injected", Supplier.class).get()).isSameAs(context.getBean("mine"));
            assertThat(userAgent(context, backend.name())).isEqualTo("mine");
            assertThat(userAgent(context, "stock-service")).isEqualTo("mine");
        });
    }

    /** Two builders, one of them primary. */
    @Configuration(proxyBeanMethods = false)
    static class OwnPrimaryBuilder {

        @Bean
        HttpComponentsClientHttpRequestFactoryBuilder other() {
            return (HttpComponentsClientHttpRequestFactoryBuilder) withUserAgent("other");
        }

        @Bean
        @Primary
        HttpComponentsClientHttpRequestFactoryBuilder mine() {
            return (HttpComponentsClientHttpRequestFactoryBuilder) withUserAgent("mine");
        }

        @Bean
        Supplier<HttpComponentsClientHttpRequestFactoryBuilder> injected(
                HttpComponentsClientHttpRequestFactoryBuilder byType) {
            return () -> byType;
        }
    }

    @Test
    void aPrimaryBuilderOfTheApplicationIsStillPreferredToItsOthers() {
        application.withUserConfiguration(OwnPrimaryBuilder.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean("injected", Supplier.class).get()).isSameAs(context.getBean("mine"));
            assertThat(userAgent(context, backend.name())).isEqualTo("mine");
            assertThat(userAgent(context, "stock-service")).isEqualTo("mine");
        });
    }

    @Test
    void aBuilderOfAnotherKindServesOtherHostsOnly() {
        application
                .withBean("mine", ClientHttpRequestFactoryBuilder.class, () -> ClientHttpRequestFactoryBuilder.simple())
                .withBean(HttpComponentsCustomizer.class, HttpComponentsCustomizer::new)
                .run(context -> {
                    assertThat(userAgent(context, backend.name())).startsWith("Java/");
                    assertThat(userAgent(context, "stock-service")).isEqualTo("customized");
                });
    }

    /** A customizer for one kind of builder, as Boot's documentation shows it. */
    static class HttpComponentsCustomizer
            implements ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder> {

        @Override
        public HttpComponentsClientHttpRequestFactoryBuilder customize(
                HttpComponentsClientHttpRequestFactoryBuilder builder) {
            return builder.withHttpClientCustomizer(http -> http.setUserAgent("customized"));
        }
    }

    @Test
    void aBuilderThatBootChoosesForAllHostsIsCustomizedOnce() {
        application
                .withPropertyValues("spring.http.clients.imperative.factory=http-components")
                .withBean(HttpComponentsCustomizer.class, HttpComponentsCustomizer::new)
                .run(context -> {
                    assertThat(userAgent(context, backend.name())).isEqualTo("customized");
                    assertThat(userAgent(context, "stock-service")).isEqualTo("customized");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"disableAutomaticRetries", "disableRedirectHandling", "setConnectionManager"})
    void aCustomizerOfTheApplicationDoesNotRemoveTheFailover(String setting) {
        Backend dead = CLOUD_MAP.backend("stock-service");
        dead.refuse();
        HttpComponentsClientHttpRequestFactoryBuilder hostile = ClientHttpRequestFactoryBuilder.httpComponents()
                .withHttpClientCustomizer(http -> {
                    switch (setting) {
                        case "disableAutomaticRetries" -> http.disableAutomaticRetries();
                        case "disableRedirectHandling" -> http.disableRedirectHandling();
                        default -> http.setConnectionManager(null);
                    }
                });
        application
                .withBean("mine", HttpComponentsClientHttpRequestFactoryBuilder.class, () -> hostile)
                .run(context -> {
                    for (int call = 0; call < 10; call++) {
                        assertThat(restClient(context, "stock-service")
                                        .get()
                                        .retrieve()
                                        .body(String.class))
                                .isEqualTo(backend.name());
                    }
                });
    }

    @Test
    void clientsWithTheSameSettingsShareConnections() {
        application.run(context -> {
            for (int client = 0; client < 3; client++) {
                restClient(context, "stock-service").get().retrieve().toBodilessEntity();
            }

            assertThat(backend.executed())
                    .extracting(request -> request.connection().number())
                    .hasSize(3)
                    .containsOnly(1L);
        });
    }

    @ParameterizedTest
    @CsvSource({"'',''", "enable,id=1", "enable-when-possible,id=1", "disable,''"})
    void cookiesAreKeptOnRequestOnly(String cookieHandling, String second) {
        backend.behave(BackendBehaviour.answering(200, "hello", "Set-Cookie: id=1"));
        application
                .withPropertyValues("spring.http.clients.cookie-handling=" + cookieHandling)
                .run(context -> {
                    RestClient stock = restClient(context, "stock-service");
                    stock.get().retrieve().toBodilessEntity();
                    stock.get().retrieve().toBodilessEntity();
                    restClient(context, "stock-service").get().retrieve().toBodilessEntity();

                    assertThat(backend.executed())
                            .extracting(request -> request.header("cookie"))
                            .as("another client shares no cookies")
                            .containsExactly("", second, "");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"PURGE", "QUERY", "PATCH", "DELETE"})
    void everyMethodIsSent(String method) {
        application.run(context -> {
            restClient(context, "stock-service")
                    .method(HttpMethod.valueOf(method))
                    .body("what")
                    .retrieve()
                    .toBodilessEntity();

            assertThat(backend.executed()).singleElement().satisfies(request -> {
                assertThat(request.method()).isEqualTo(method);
                assertThat(request.body()).isEqualTo("what");
            });
        });
    }

    @Test
    void redirectsAreFollowedAcrossServicesUnlessTheyAreSwitchedOff() {
        Backend other = CLOUD_MAP.backend("other-service");
        backend.behave(BackendBehaviour.redirecting(302, "http://other-service/new"));

        application.run(context -> assertThat(
                        restClient(context, "stock-service").get().retrieve().body(String.class))
                .isEqualTo(other.name()));
        application
                .withPropertyValues("spring.http.clients.redirects=dont-follow")
                .run(context -> {
                    HttpStatusCode status = restClient(context, "stock-service")
                            .get()
                            .retrieve()
                            .toBodilessEntity()
                            .getStatusCode();
                    assertThat(status).isEqualTo(HttpStatus.FOUND);
                });
    }

    @Test
    void anAddressFilterAppliesToServices() {
        application
                .withBean(InetAddressFilter.class, () -> address -> !address.isLoopbackAddress())
                .run(context -> assertThatExceptionOfType(FilteredHostException.class)
                        .isThrownBy(() -> restClient(context, "stock-service")
                                .get()
                                .retrieve()
                                .toBodilessEntity()));

        assertThat(backend.received()).isEmpty();
    }

    /** A group of HTTP interfaces. */
    interface StockService {

        @GetExchange("/")
        String get();

        @PostExchange("/")
        void post();
    }

    @Configuration(proxyBeanMethods = false)
    @ImportHttpServices(group = "stock", types = StockService.class)
    static class Group {}

    // A POST that was sent is not repeated, so that the first silence ends the call.
    private static DiscoveryException postInGroup(ApplicationContext context) {
        return failure(() -> context.getBean(StockService.class).post());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spring.http.clients.read-timeout=200ms   | spring.http.clients.connect-timeout=9s
            discovery.read-timeout=200ms             | spring.http.clients.read-timeout=9s
            discovery.services.stock-service.read-timeout=200ms | discovery.read-timeout=9s
            spring.http.serviceclient.stock.read-timeout=200ms  | discovery.services.stock-service.read-timeout=9s
            """)
    void theMostSpecialReadTimeoutApplies(String special, String general) {
        backend.behave(BackendBehaviour.freezingAfterExecution());

        application
                .withUserConfiguration(Group.class)
                .withPropertyValues(special, general, "spring.http.serviceclient.stock.base-url=http://stock-service")
                .run(context -> {
                    DiscoveryException failure = postInGroup(context);

                    assertThat(failure).isInstanceOf(DiscoveryException.AttemptsFailed.class);
                    assertThat(failure.attempts())
                            .singleElement()
                            .extracting(FailedAttempt::duration)
                            .satisfies(duration ->
                                    assertThat(duration).isBetween(Duration.ofMillis(190), Duration.ofSeconds(5)));
                });
    }

    @Test
    void aReadTimeoutOfARestTemplateApplies() {
        backend.behave(BackendBehaviour.freezingAfterExecution());

        application.run(context -> {
            RestTemplateBuilder builder = context.getBean(RestTemplateBuilder.class);
            DiscoveryException failure = failure(() -> builder.readTimeout(Duration.ofMillis(200))
                    .build()
                    .postForObject("http://stock-service/", "body", String.class));

            assertThat(failure).isInstanceOf(DiscoveryException.AttemptsFailed.class);
        });
    }

    @Test
    void aReadTimeoutOfACustomizerApplies() {
        backend.behave(BackendBehaviour.freezingAfterExecution());
        HttpComponentsClientHttpRequestFactoryBuilder customized = ClientHttpRequestFactoryBuilder.httpComponents()
                .withConnectionConfigCustomizer(config -> config.setSocketTimeout(Timeout.ofMilliseconds(200)));

        application
                .withBean("mine", HttpComponentsClientHttpRequestFactoryBuilder.class, () -> customized)
                .withPropertyValues("discovery.read-timeout=9s")
                .run(context -> assertThat(failure(restClient(context, "stock-service"), HttpMethod.POST))
                        .isInstanceOf(DiscoveryException.AttemptsFailed.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            spring.http.clients.connect-timeout=700ms                | spring.http.clients.read-timeout=9s
            discovery.services.stock-service.connect-timeout=700ms   | discovery.connect-timeout=10ms
            """)
    void theMostSpecialConnectTimeoutApplies(String special, String general) {
        backend.blackHole();

        application
                .withPropertyValues(special, general, "discovery.deadline=1s")
                .run(context -> assertThat(failure(restClient(context, "stock-service"), HttpMethod.GET)
                                .attempts()
                                .getFirst()
                                .duration())
                        .isGreaterThanOrEqualTo(Duration.ofMillis(690)));
    }

    private static String[] bundle(String name, TestCertificates trusted) {
        return new String[] {"spring.ssl.bundle.pem." + name + ".truststore.certificate=" + trusted.certificatePem()};
    }

    private static String secure(RestClient.Builder builder) {
        return String.valueOf(builder.baseUrl("https://secure-service")
                .build()
                .get()
                .retrieve()
                .body(String.class));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.http.clients.ssl.bundle=mine",
                "discovery.services.secure-service.ssl-bundle=mine",
                "discovery.services.[SECURE-service.trading-platform.local.].ssl-bundle=mine"
            })
    void anSslBundleAppliesToServices(String property) {
        Backend secure = CLOUD_MAP.tlsBackend("secure-service", AUTHORITY);

        application
                .withPropertyValues(bundle("mine", AUTHORITY))
                .withPropertyValues(property)
                .run(context -> {
                    assertThat(secure(context.getBean(RestClient.Builder.class)))
                            .isEqualTo(secure.name());
                    assertThat(restClient(context, "stock-service")
                                    .get()
                                    .retrieve()
                                    .body(String.class))
                            .isEqualTo(backend.name());
                });
    }

    @Test
    void anSslBundleOfOneClientPrecedesThatOfTheService() {
        Backend secure = CLOUD_MAP.tlsBackend("secure-service", AUTHORITY);

        application
                .withPropertyValues(bundle("mine", AUTHORITY))
                .withPropertyValues(bundle("other", TestCertificates.create()))
                .withPropertyValues("discovery.services.secure-service.ssl-bundle=other")
                .run(context -> {
                    RestClient.Builder builder = context.getBean(RestClient.Builder.class)
                            .apply(context.getBean(RestClientSsl.class).fromBundle("mine"));

                    assertThat(secure(builder)).isEqualTo(secure.name());
                    assertThatExceptionOfType(ResourceAccessException.class)
                            .isThrownBy(() -> secure(context.getBean(RestClient.Builder.class)));
                });
    }

    @Test
    void anSslBundleThatDoesNotExistEndsTheStart() {
        application
                .withPropertyValues("discovery.services.stock-service.ssl-bundle=absent")
                .run(context -> assertThat(context)
                        .getFailure()
                        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("'absent'")));
    }

    @Test
    void settingsMayBeMissing() {
        application.run(context -> {
            ClientHttpRequestFactory factory =
                    context.getBean(ClientHttpRequestFactoryBuilder.class).build();
            try (var response = factory.createRequest(URI.create("http://stock-service/"), HttpMethod.GET)
                    .execute()) {
                assertThat(response.getBody()).hasContent(backend.name());
            }
        });
    }

    @Test
    void limitsTheAgeOfConnectionsUnlessTheApplicationDoes() {
        ConnectionConfig usual = ServiceRequestFactoryBuilder.withMaxAge(ConnectionConfig.custom())
                .build();
        ConnectionConfig customized = ServiceRequestFactoryBuilder.withMaxAge(
                        ConnectionConfig.custom().setTimeToLive(TimeValue.ofHours(1)))
                .build();

        assertThat(usual.getTimeToLive()).isEqualTo(TimeValue.ofMinutes(5));
        assertThat(customized.getTimeToLive()).isEqualTo(TimeValue.ofHours(1));
    }
}
