package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.testkit.ManualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {

    private final ManualTime time = new ManualTime();
    private final RetryBudget budget = new RetryBudget(time);

    private int spendAll() {
        int spent = 0;
        while (budget.spend()) {
            spent++;
        }
        return spent;
    }

    @Test
    void beginsWithTenSecondsOfSavings() {
        assertThat(spendAll()).isEqualTo(100);
    }

    @Test
    void allowsOneFurtherAttemptForFiveCallsAndTenASecond() {
        spendAll();

        for (int call = 0; call < 200; call++) {
            budget.called();
        }
        assertThat(spendAll()).isEqualTo(40);

        time.advance(Duration.ofSeconds(1));
        assertThat(spendAll()).isEqualTo(10);
    }

    @Test
    void savesForTenSecondsAtMost() {
        time.advance(Duration.ofHours(1));
        for (int call = 0; call < 10_000; call++) {
            budget.called();
        }

        assertThat(spendAll()).isEqualTo(100);
    }
}
