package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The only endpoint of a service: what no other endpoint can do spends no budget. */
class LoneEndpointTest {

    private static final int SAVED_RETRIES = 100;
    private static final int SAVED_HEDGES = 50;

    private final Fleet fleet = Fleet.of(1);
    private final Backend backend = fleet.backend(0);
    private final DiscoveryRuntime runtime =
            fleet.runtime(Map.of(), settings -> settings.withDeadline(Duration.ofSeconds(1)));
    private final CloseableHttpClient http = Fleet.httpClient(runtime);

    private Service service() {
        return runtime.services().find(new HttpGet(Fleet.URL + "/")).orElseThrow();
    }

    private String get() throws IOException {
        return Fleet.send(http, new HttpGet(Fleet.URL + "/")).body();
    }

    private static int left(RetryBudget budget) {
        int left = 0;
        while (budget.spend()) {
            left++;
        }
        return left;
    }

    @AfterEach
    void stop() throws IOException {
        http.close();
        runtime.close();
        fleet.close();
    }

    @Test
    void spendsNoBudgetOnAHedgedAttempt() {
        backend.behave(BackendBehaviour.answering(200, "slow").after(Duration.ofMillis(500)));

        try (Load load = Load.of(20, this::get)) {
            load.continueFor(20);
            assertThat(load.failures()).isEmpty();
        }

        assertThat(left(service().hedgeBudget())).isEqualTo(SAVED_HEDGES);
    }

    @Test
    void spendsNoBudgetOnAFailover() {
        backend.behave(BackendBehaviour.breakingAfterExecution());

        for (int call = 0; call < 20; call++) {
            assertThatExceptionOfType(DiscoveryException.AttemptsFailed.class)
                    .isThrownBy(this::get)
                    .withMessageContaining("no other endpoint is left");
        }

        assertThat(left(service().retryBudget())).isEqualTo(SAVED_RETRIES);
    }

    @Test
    void spendsNoBudgetOnAttemptsThatAreNotSent() {
        backend.refuse();

        assertThatExceptionOfType(DiscoveryException.DeadlineExceeded.class).isThrownBy(this::get);

        assertThat(left(service().retryBudget())).isEqualTo(SAVED_RETRIES);
    }
}
