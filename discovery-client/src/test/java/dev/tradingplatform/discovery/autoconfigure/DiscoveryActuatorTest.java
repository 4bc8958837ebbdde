package dev.tradingplatform.discovery.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.call.ServiceCallException;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

class DiscoveryActuatorTest {

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private final Backend backend = Backend.start(InetAddress.getLoopbackAddress(), 0);
    private DnsServer dns;
    private ConfigurableApplicationContext application;
    private RestClient stock;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    @BeforeEach
    void start() throws IOException {
        dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
        cloudMap.register(
                "stock-service",
                "task1",
                backend.address().getAddress(),
                backend.address().getPort());
        application = new SpringApplication(Application.class)
                .run(
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--management.endpoints.web.exposure.include=discovery,health,metrics",
                        "--management.endpoint.health.show-details=always",
                        "--discovery.namespace=trading-platform.local",
                        "--discovery.nameservers=127.0.0.1:" + dns.address().getPort(),
                        "--discovery.loopback=true");
        stock = application
                .getBean(RestClient.Builder.class)
                .baseUrl("http://stock-service")
                .build();
    }

    @AfterEach
    void stop() {
        application.close();
        backend.close();
        dns.close();
    }

    private String actuator(String path) throws Exception {
        int port = Objects.requireNonNull(((WebServerApplicationContext) application).getWebServer())
                .getPort();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator" + path))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private void call() {
        stock.get().uri("/").retrieve().toBodilessEntity();
    }

    @Test
    void showsEveryServiceCalledAndAllThatIsKnownOfItsEndpoints() throws Exception {
        assertThat(actuator("/discovery")).isEqualTo("{\"services\":[]}");

        call();

        assertThat(actuator("/discovery"))
                .contains("\"service\":\"stock-service.trading-platform.local\"")
                .contains("\"record\":\"SRV\"", "\"stale\":false", "\"problem\":\"\"")
                .contains("\"endpoint\":\"" + backend.name() + "\"", "\"state\":\"active\"", "\"reason\":\"in DNS\"")
                .contains("\"attempts\":1", "\"failures\":0", "\"inFlight\":0");
    }

    @Test
    void saysInPlainWordsWhatIsProbablyMisconfigured() throws Exception {
        RestClient unknown = application
                .getBean(RestClient.Builder.class)
                .baseUrl("http://stok-service")
                .build();
        try {
            unknown.get().uri("/").retrieve().toBodilessEntity();
        } catch (ServiceCallException.NoEndpoint expected) {
            assertThat(actuator("/discovery"))
                    .contains("stok-service.trading-platform.local", "NXDOMAIN", "the service name is misspelt");
            assertThat(actuator("/health/discovery")).contains("\"status\":\"DOWN\"", "misspelt");
            return;
        }
        throw new AssertionError("the call did not fail");
    }

    @Test
    void countsCallsAttemptsAndLookupsByOutcome() throws Exception {
        call();
        call();
        backend.refuse();
        try {
            call();
        } catch (ServiceCallException.AttemptsExhausted expected) {
            assertThat(expected.attempts()).isNotEmpty();
        }

        assertThat(actuator("/metrics/discovery.calls?tag=outcome:success")).contains("\"COUNT\",\"value\":2.0");
        assertThat(actuator("/metrics/discovery.calls?tag=outcome:attempts-exhausted"))
                .contains("\"COUNT\",\"value\":1.0");
        assertThat(actuator("/metrics/discovery.attempts?tag=outcome:unreachable"))
                .contains("\"value\":1.0");
        assertThat(actuator("/metrics/discovery.lookups?tag=service:stock-service.trading-platform.local"))
                .contains("\"value\":1.0");
        assertThat(actuator("/metrics/discovery.endpoints?tag=state:ejected")).contains("\"value\":1.0");
        assertThat(actuator("/metrics/discovery.endpoints?tag=state:active")).contains("\"value\":0.0");
    }

    @Test
    void isUpWhileEndpointsTakeCallsAndDownWhenNoneDoes() throws Exception {
        call();
        assertThat(actuator("/health")).contains("\"discovery\":{\"details\"", "\"endpointsTakingCalls\":1");
        assertThat(actuator("/health/discovery")).contains("\"status\":\"UP\"");

        backend.refuse();
        try {
            call();
        } catch (ServiceCallException expected) {
            assertThat(actuator("/health/discovery")).contains("\"status\":\"DOWN\"", "\"endpointsTakingCalls\":0");
            assertThat(actuator("/health/readiness")).contains("\"status\":\"UP\"");
            return;
        }
        throw new AssertionError("the call did not fail");
    }
}
