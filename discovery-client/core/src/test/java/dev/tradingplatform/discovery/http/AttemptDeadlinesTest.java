package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AttemptDeadlinesTest {

    private static final Duration INTERVAL = Duration.ofMillis(AttemptDeadlines.INTERVAL_MILLIS);

    private final ManualClock clock = new ManualClock();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final AttemptDeadlines deadlines = new AttemptDeadlines(scheduler, clock);

    /** Runs scheduled tasks when the test says so, in place of a thread. */
    private static final class ManualScheduler implements AttemptDeadlines.Scheduler {

        private final List<Runnable> scheduled = new ArrayList<>();

        @Override
        public void schedule(Runnable task, long delay, TimeUnit unit) {
            assertThat(unit.toMillis(delay)).isEqualTo(AttemptDeadlines.INTERVAL_MILLIS);
            scheduled.add(task);
        }
    }

    private final class InFlight implements AttemptDeadlines.Abortable {

        private final long deadline;
        private int aborts;

        InFlight(Duration time) {
            this.deadline = clock.nanoTime() + time.toNanos();
        }

        @Override
        public long deadline() {
            return deadline;
        }

        @Override
        public void abortOverdue() {
            aborts++;
        }
    }

    private InFlight begin(Duration time) {
        InFlight attempt = new InFlight(time);
        deadlines.begin(attempt);
        return attempt;
    }

    private void pass(Duration time) {
        for (long millis = 0; millis < time.toMillis(); millis += INTERVAL.toMillis()) {
            clock.advance(INTERVAL);
            List<Runnable> due = List.copyOf(scheduler.scheduled);
            scheduler.scheduled.clear();
            due.forEach(Runnable::run);
        }
    }

    @Test
    void endsAnAttemptWithinAnIntervalAfterItsDeadline() {
        InFlight attempt = begin(Duration.ofMillis(120));

        pass(Duration.ofMillis(100));
        assertThat(attempt.aborts).isZero();

        pass(INTERVAL);
        assertThat(attempt.aborts).isOne();
    }

    @Test
    void leavesAttemptsWithTimeAndThoseThatHaveEnded() {
        InFlight slow = begin(Duration.ofSeconds(10));
        InFlight ended = begin(Duration.ofMillis(100));
        deadlines.end(ended);

        pass(Duration.ofSeconds(9));

        assertThat(slow.aborts).isZero();
        assertThat(ended.aborts).isZero();
    }

    @Test
    void comparesInstantsThatOverflow() {
        InFlight attempt = begin(Duration.ofSeconds(6));
        assertThat(attempt.deadline())
                .as("the clock overflows before the deadline")
                .isNegative();

        pass(Duration.ofSeconds(5));
        assertThat(attempt.aborts).isZero();

        pass(Duration.ofSeconds(1));
        assertThat(attempt.aborts).isOne();
    }

    @Test
    void checksOnlyWhileAttemptsAreInFlight() {
        assertThat(scheduler.scheduled).isEmpty();

        InFlight one = begin(Duration.ofSeconds(1));
        InFlight other = begin(Duration.ofSeconds(1));
        assertThat(scheduler.scheduled).as("one check for all attempts").hasSize(1);

        deadlines.end(one);
        pass(INTERVAL);
        assertThat(scheduler.scheduled).hasSize(1);

        deadlines.end(other);
        pass(INTERVAL);
        assertThat(scheduler.scheduled).isEmpty();

        begin(Duration.ofSeconds(1));
        assertThat(scheduler.scheduled).hasSize(1);
    }

    @Test
    void endsTheOtherAttemptsIfOneCannotBeEnded() {
        deadlines.begin(new AttemptDeadlines.Abortable() {
            @Override
            public long deadline() {
                return clock.nanoTime();
            }

            @Override
            public void abortOverdue() {
                throw new IllegalStateException("cannot be closed");
            }
        });
        InFlight early = begin(Duration.ofMillis(10));
        InFlight late = begin(Duration.ofMillis(200));

        pass(INTERVAL);
        assertThat(early.aborts).isOne();

        pass(Duration.ofMillis(200));
        assertThat(late.aborts).isPositive();
    }

    @Test
    void doesNotFailIfTheClientIsClosed() {
        AttemptDeadlines afterwards = new AttemptDeadlines(
                (task, delay, unit) -> {
                    throw new RejectedExecutionException();
                },
                clock);
        InFlight attempt = new InFlight(Duration.ofSeconds(1));

        afterwards.begin(attempt);
        afterwards.end(attempt);

        assertThat(attempt.aborts).isZero();
    }
}
