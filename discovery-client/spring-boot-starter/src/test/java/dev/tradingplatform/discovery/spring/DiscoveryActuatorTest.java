package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

class DiscoveryActuatorTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    private TestApplication application;
    private Backend backend;
    private RestClient stock;

    @BeforeEach
    void start() {
        backend = CLOUD_MAP.backend("stock-service");
        application = TestApplication.start(CLOUD_MAP, Object.class, "discovery.deadline=1s");
        stock = application.restClient("http://stock-service");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    private void call() {
        stock.get().retrieve().toBodilessEntity();
    }

    private void callInVain() {
        assertThatExceptionOfType(ResourceAccessException.class).isThrownBy(this::call);
    }

    private void awaitActuator(String path, String... texts) {
        await().untilAsserted(() -> assertThat(application.actuator(path)).contains(texts));
    }

    @Test
    void showsEveryServiceThatWasCalledAndWhatIsKnownOfItsEndpoints() throws Exception {
        assertThat(application.actuator("/discovery")).isEqualTo("{\"services\":[]}");

        call();

        assertThat(application.actuator("/discovery"))
                .contains("\"service\":\"stock-service.trading-platform.local\"")
                .contains("\"recordType\":\"SRV\"", "\"stale\":false", "\"warning\":\"\"")
                .contains("\"endpoint\":\"" + backend.name() + "\"", "\"state\":\"active\"", "\"reason\":\"in DNS\"")
                .contains("\"attempts\":1", "\"failures\":0", "\"inFlight\":0");
    }

    @Test
    void showsWhatTheRulesForFailuresHaveDone() throws Exception {
        call();
        assertThat(application.actuator("/discovery"))
                .contains("\"calls\":1,\"retries\":0,\"hedgedAttempts\":0,\"staleConnections\":0,\"pauses\":0,")
                .contains("\"earlyLookups\":0,\"probes\":0,\"partialAnswers\":0,\"retriesLeft\":100,")
                .contains("\"hedgedAttemptsLeft\":50");

        backend.refuse();
        callInVain();

        assertThat(application.actuator("/discovery"))
                .contains("\"calls\":2")
                .doesNotContain("\"pauses\":0", "\"earlyLookups\":0", "\"probes\":0");
    }

    @Test
    void saysInPlainWordsWhatIsProbablyMisconfigured() throws Exception {
        RestClient unknown = application.restClient("http://stok-service.trading-platform.local");

        assertThatExceptionOfType(ResourceAccessException.class)
                .isThrownBy(() -> unknown.get().retrieve().toBodilessEntity());

        assertThat(application.actuator("/discovery"))
                .contains("stok-service.trading-platform.local", "NXDOMAIN", "misspelled");
        assertThat(application.actuator("/health/discovery")).contains("\"status\":\"DOWN\"", "misspelled");
    }

    @Test
    void countsCallsAttemptsAndLookupsByOutcome() throws Exception {
        call();
        call();
        backend.refuse();
        callInVain();

        assertThat(application.actuator("/metrics/discovery.calls?tag=outcome:success"))
                .contains("\"COUNT\",\"value\":2.0");
        assertThat(application.actuator("/metrics/discovery.calls?tag=outcome:deadline-exceeded"))
                .contains("\"COUNT\",\"value\":1.0");
        assertThat(application.actuator("/metrics/discovery.attempts?tag=outcome:unreachable"))
                .contains("\"COUNT\",\"value\":");
        assertThat(application.actuator("/metrics/discovery.attempts?tag=hedged:true"))
                .doesNotContain("COUNT");
        assertThat(application.actuator("/metrics/discovery.lookups?tag=service:stock-service.trading-platform.local"))
                .contains("\"COUNT\",\"value\":");
        awaitActuator("/metrics/discovery.endpoints?tag=state:ejected", "\"value\":1.0");
        awaitActuator("/metrics/discovery.endpoints?tag=state:active", "\"value\":0.0");
    }

    @Test
    void isUpWhileEndpointsAcceptCallsAndDownWhenNoneDoes() throws Exception {
        call();
        assertThat(application.actuator("/health"))
                .contains("\"discovery\":{\"details\"", "\"endpointsAcceptingCalls\":1");
        assertThat(application.actuator("/health/discovery")).contains("\"status\":\"UP\"");

        backend.refuse();
        callInVain();

        awaitActuator("/health/discovery", "\"status\":\"DOWN\"", "\"endpointsAcceptingCalls\":0");
        assertThat(application.actuator("/health/readiness")).contains("\"status\":\"UP\"");
    }
}
