package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tradingplatform.discovery.ServiceActivity;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the rules for failures do can be seen in the status of the client. */
class ActivityTest {

    private Fleet fleet = Fleet.of(2, settings -> settings.withDeadline(Duration.ofSeconds(1)));

    @AfterEach
    void stop() {
        fleet.close();
    }

    private ServiceActivity activity() {
        return fleet.client().status().get(0).activity();
    }

    @Test
    void countsNothingButCallsWhileNothingFails() throws IOException {
        fleet.get();
        fleet.get();

        assertThat(activity()).isEqualTo(new ServiceActivity(2, 0, 0, 0, 0, 0, 0, 0, 100, 50));
    }

    @Test
    void countsRetriesAndWhatTheBudgetHasLeft() throws IOException {
        BackendBehaviour once =
                BackendBehaviour.inTurn(BackendBehaviour.answering(503, ""), BackendBehaviour.answering(200, "second"));
        fleet.backends().forEach(backend -> backend.behave(once));

        assertThat(fleet.get()).isEqualTo("second");

        assertThat(activity().retries()).isEqualTo(1);
        assertThat(activity().retriesLeft()).isEqualTo(99);
    }

    @Test
    void countsHedgedAttemptsAndWhatTheirBudgetHasLeft() throws IOException {
        BackendBehaviour once =
                BackendBehaviour.inTurn(BackendBehaviour.silent(), BackendBehaviour.answering(200, "second"));
        fleet.backends().forEach(backend -> backend.behave(once));

        assertThat(fleet.get()).isEqualTo("second");

        assertThat(activity().hedgedAttempts()).isEqualTo(1);
        assertThat(activity().hedgedAttemptsLeft()).isEqualTo(49);
        assertThat(activity().retries()).isZero();
    }

    @Test
    void countsConnectionsThatTheServerHadClosed() throws IOException {
        fleet.close();
        fleet = Fleet.of(1);
        fleet.get();
        fleet.backend(0).closeIdleConnections();

        fleet.get();

        assertThat(activity().staleConnections()).isEqualTo(1);
        assertThat(activity().retries()).isZero();
    }

    @Test
    void countsPausesProbesAndEarlyLookupsOfCallsThatCanSendNothing() throws IOException {
        fleet.get();
        fleet.backends().forEach(Backend::refuse);

        assertThatIOException().isThrownBy(fleet::get);

        assertThat(activity().pauses()).isPositive();
        assertThat(activity().probes()).isPositive();
        assertThat(activity().earlyLookups()).isEqualTo(1);
    }

    @Test
    void countsAnswersThatListAPartOfTheEndpoints() throws IOException {
        fleet.close();
        fleet = Fleet.of(9);

        fleet.get();

        assertThat(activity().partialAnswers()).isEqualTo(1);
    }
}
