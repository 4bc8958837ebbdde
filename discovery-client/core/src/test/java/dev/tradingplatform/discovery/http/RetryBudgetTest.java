package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private final ManualClock clock = new ManualClock();
    private final RetryBudget budget = new RetryBudget(0.2, 10, 100, clock);

    private static int spendAll(RetryBudget budget) {
        int spent = 0;
        while (budget.spend()) {
            spent++;
        }
        return spent;
    }

    @Test
    void startsFull() {
        assertThat(spendAll(budget)).isEqualTo(100);
    }

    @Test
    void allowsOneFurtherAttemptForFiveCallsAndTenPerSecond() {
        spendAll(budget);

        for (int call = 0; call < 200; call++) {
            budget.onCall();
        }
        assertThat(spendAll(budget)).isEqualTo(40);

        clock.advance(Duration.ofSeconds(1));
        assertThat(spendAll(budget)).isEqualTo(10);
    }

    @Test
    void savesUpToItsMaximum() {
        clock.advance(Duration.ofHours(1));
        for (int call = 0; call < 10_000; call++) {
            budget.onCall();
        }

        assertThat(spendAll(budget)).isEqualTo(100);
    }

    @Test
    void savesTheTimeBetweenManyQuestions() {
        spendAll(budget);

        int spent = 0;
        for (int millis = 0; millis < 10_000; millis++) {
            clock.advance(Duration.ofMillis(1));
            spent += budget.spend() ? 1 : 0;
        }

        assertThat(spent).isBetween(99, 100);
    }

    @Test
    void allowsNothingWithoutCallsAndTime() {
        RetryBudget none = new RetryBudget(0, 0, 1, clock);

        assertThat(none.spend()).isTrue();
        clock.advance(Duration.ofHours(1));
        none.onCall();
        assertThat(none.spend()).isFalse();
    }

    @Test
    void givesEachAttemptToOneThreadOnly() {
        List<CompletableFuture<Integer>> threads = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> spendAll(budget)))
                .limit(8)
                .toList();

        assertThat(threads.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(100);
    }
}
