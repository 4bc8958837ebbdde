package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.resolve.Surroundings;
import dev.tradingplatform.discovery.testkit.ManualTime;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceGuardTest {

    private static final int MANY = 50;

    private final ManualTime time = new ManualTime();
    private final ServiceGuard guard = new ServiceGuard(
            new ServiceName("stock-service.zone"),
            2 * MANY,
            new Surroundings(time, time, new Random(1), Runnable::run));
    private long beforeTheOutage;

    @BeforeEach
    void closeTheServiceOff() {
        guard.enter();
        beforeTheOutage = time.getAsLong();
        time.advance(Duration.ofMillis(1));
        for (int call = 0; call < MANY; call++) {
            guard.enter();
            guard.leave(false, time.getAsLong());
        }
        assertThatExceptionOfType(ServiceCallException.Rejected.class).isThrownBy(guard::enter);
        time.advance(Duration.ofMillis(1_001));
    }

    /** None of them leaves: while the service is on trial only a few are let in at once. */
    private void letsManyIn() {
        for (int call = 0; call < MANY; call++) {
            guard.enter();
        }
    }

    @Test
    void letsAllInAfterOneAnswerHoweverFewCallsThereAre() {
        guard.enter();
        long begun = time.getAsLong();
        time.advance(Duration.ofMillis(10));
        guard.leave(true, begun);

        letsManyIn();
    }

    @Test
    void letsAllInAfterAnAnswerThatTookLongerThanTheTrial() {
        guard.enter();
        long begun = time.getAsLong();
        // The trial's time is the one thing here that only the machine's clock ends.
        long patience = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
        Load.await(() -> System.nanoTime() - patience > 0, "time stands still");
        time.advance(Duration.ofMillis(1_500));
        guard.leave(true, begun);

        letsManyIn();
    }

    @Test
    void doesNotTakeAnAnswerToACallFromBeforeTheOutageForRecovery() {
        guard.leave(true, beforeTheOutage);

        assertThatExceptionOfType(ServiceCallException.Rejected.class).isThrownBy(this::letsManyIn);
    }

    @Test
    void isClosedOffAgainWhenTheTrialsFailToo() {
        for (int trial = 0; trial < 5; trial++) {
            guard.enter();
            guard.leave(false, time.getAsLong());
        }

        assertThatExceptionOfType(ServiceCallException.Rejected.class).isThrownBy(guard::enter);
    }
}
