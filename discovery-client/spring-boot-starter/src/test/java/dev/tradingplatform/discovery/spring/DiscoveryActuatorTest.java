package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.http.ServiceCallException;
import dev.tradingplatform.discovery.test.Backend;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.client.RestClient;

class DiscoveryActuatorTest {

    private DiscoveringApplication application;
    private Backend backend;
    private RestClient stock;

    @BeforeEach
    void start() throws IOException {
        application = DiscoveringApplication.start();
        backend = application.stock();
        stock = application.restClient("http://stock-service");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private String actuator(String path) throws Exception {
        return application.actuator(path);
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
        RestClient unknown = application.restClient("http://stok-service");
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
