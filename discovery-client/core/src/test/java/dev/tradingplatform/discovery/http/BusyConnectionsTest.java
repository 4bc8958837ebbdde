package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Many calls at once to one endpoint. */
class BusyConnectionsTest {

    private static final int MANY = 600;

    private static ServiceSettings withLongDeadline(ServiceSettings settings) {
        return settings.withDeadline(Duration.ofSeconds(30))
                .withConnectTimeout(Duration.ofSeconds(30))
                .withMaxAttempts(1);
    }

    @Test
    void noCallWaitsForAConnection() {
        try (Fleet fleet = Fleet.of(1, BusyConnectionsTest::withLongDeadline)) {
            fleet.backend(0).behave(BackendBehaviour.answering(200, "held").heldUntil(MANY, Duration.ofSeconds(20)));
            long begin = System.nanoTime();

            List<Load.Outcome> outcomes = Load.outcomes(MANY, 1, fleet::get);

            assertThat(outcomes).extracting(Load.Outcome::response).containsOnly("held");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as("the backend responds when all requests have arrived")
                    .isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void noConnectionIsLostToCallersThatAreInterrupted() throws Exception {
        try (Fleet fleet = Fleet.of(1, BusyConnectionsTest::withLongDeadline)) {
            Backend backend = fleet.backend(0);
            backend.behave(BackendBehaviour.silent());
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < 100; caller++) {
                callers.add(
                        Thread.ofVirtual().start(() -> assertThatIOException().isThrownBy(fleet::get)));
            }
            // Some are interrupted while they connect, others while they wait for the response.
            Load.await(() -> backend.accepted() >= 50, "the calls are not in flight");
            callers.forEach(Thread::interrupt);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(fleet.inFlight()).isZero();
            backend.closeConnections();
            backend.behave(BackendBehaviour.answering(200, "fine"));
            assertThat(fleet.get()).isEqualTo("fine");
            assertThat(fleet.get()).isEqualTo("fine");
            Load.await(() -> backend.connections() == 1, "connections are left");
        }
    }

    @Test
    void aPostThatBreaksAKeptConnectionIsFollowedByOneOnANewConnection() {
        try (Fleet fleet = Fleet.of(1, BusyConnectionsTest::withLongDeadline)) {
            Backend backend = fleet.backend(0);
            backend.behave(BackendBehaviour.answering(200, "held").heldUntil(5, Duration.ofSeconds(20)));
            assertThat(Load.outcomes(5, 1, fleet::get)).hasSize(5);
            backend.behave(BackendBehaviour.inTurn(
                    BackendBehaviour.breakingAfterExecution(), BackendBehaviour.answering(200, "fine")));

            assertThatIOException().isThrownBy(() -> fleet.post("first"));
            assertThat(fleet.postUnchecked("second")).isEqualTo("fine");

            Load.await(() -> backend.connections() == 1, "the other kept connections are open");
        }
    }
}
