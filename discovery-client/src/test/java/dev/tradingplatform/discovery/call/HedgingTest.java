package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of two attempts side by side; what each does depends on its turn, whichever endpoint was picked. */
class HedgingTest {

    private static final Duration HEDGE_AFTER = Duration.ofMillis(50);

    private final AtomicInteger turns = new AtomicInteger();
    private Fleet fleet = Fleet.of(0);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(int instances, Duration deadline, BackendBehaviour... inTurn) {
        fleet.close();
        fleet = Fleet.of(instances, CallPolicy.withDeadline(deadline).withHedgeAfter(HEDGE_AFTER));
        fleet.backends()
                .forEach(backend -> backend.behave(
                        connection -> inTurn[Math.min(turns.getAndIncrement(), inTurn.length - 1)].serve(connection)));
    }

    @Test
    void reachesNoMoreThanThreeEndpointsAndNoneTwiceWhenAllFreeze() {
        start(6, Duration.ofSeconds(4), BackendBehaviour.silent());

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(fleet::get)
                .satisfies(failure -> assertThat(failure.attempts())
                        .extracting(Attempt::endpoint)
                        .doesNotHaveDuplicates()
                        .hasSize(3));

        assertThat(fleet.backends().stream().mapToLong(Backend::accepted).sum()).isEqualTo(3);
    }

    @Test
    void goesToAThirdEndpointWhenTheSecondFailsFastAndTheFirstIsSilent() {
        start(
                3,
                Duration.ofSeconds(20),
                BackendBehaviour.silent(),
                BackendBehaviour.answering(503, "no"),
                BackendBehaviour.answering(200, "third"));
        long begun = System.nanoTime();

        assertThat(fleet.get()).isEqualTo("third");

        // An attempt timeout is 6 s.
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void waitsForTheFirstWhenTheSecondFailsAndThereIsNoThird() {
        start(
                2,
                Duration.ofSeconds(20),
                BackendBehaviour.answering(200, "slow").after(Duration.ofMillis(500)),
                BackendBehaviour.answering(503, "no"));

        assertThat(fleet.get()).isEqualTo("slow");
    }

    @Test
    void givesTheAnswerOfOneToTheCallerWhenTheOtherNeverAnswers() {
        start(
                2,
                Duration.ofSeconds(2),
                BackendBehaviour.answering(503, "busy").after(Duration.ofMillis(100)),
                BackendBehaviour.silent());

        try (ServiceResponse response = fleet.client().send(ServiceRequest.get("http://stock-service/"))) {
            assertThat(response.text()).isEqualTo("busy");
        }
    }

    @Test
    void closesALongAnswerThatComesAfterItsCallerWasInterrupted() throws Exception {
        start(
                1,
                Duration.ofSeconds(10),
                BackendBehaviour.answering(200, "x".repeat(5_000_000)).after(Duration.ofMillis(500)));
        Backend backend = fleet.backend(0);
        Thread caller = Thread.ofVirtual()
                .start(() -> assertThatExceptionOfType(ServiceCallException.class)
                        .isThrownBy(fleet::get)
                        .withMessageContaining("interrupted"));
        Load.await(() -> turns.get() == 1, "not under way");

        caller.interrupt();
        caller.join();

        Load.await(() -> fleet.attempts() == 1, "the attempt does not end");
        Load.await(() -> backend.connections() == 0, "nobody closes the answer");
    }
}
