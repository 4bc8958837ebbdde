package dev.tradingplatform.signal.computed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counts computations through the whole service. */
@Timeout(60)
class ComputationsTest {

    private final FakeStockService replica = new FakeStockService();
    private final FakeStockService other = new FakeStockService();
    private final Platform platform = Platform.with(List.of(replica, other), "signals.computed.kept-numbers=4000");

    ComputationsTest() {
        store("SPY", 1, 17);
    }

    private void store(String ticker, long seed, long revision) {
        replica.store(ticker, SampleBars.randomWalk(seed, 100), revision);
        other.store(ticker, SampleBars.randomWalk(seed, 100), revision);
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void barsThatStockServiceConfirmsWith304AreNotComputedAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(platform.get("indicators/SPY?i=sma:20,rsi:14").statusCode())
                    .isEqualTo(200);
            assertThat(platform.get("signals/SPY").statusCode()).isEqualTo(200);
            assertThat(platform.get("backtests/SPY").statusCode()).isEqualTo(200);
            assertThat(platform.get("signals?tickers=SPY").statusCode()).isEqualTo(200);
        }

        assertThat(computed("series")).as("one for each indicator").isEqualTo(2);
        assertThat(computed("evaluation")).isEqualTo(1);
        assertThat(replica.log().stream().filter(line -> line.endsWith(" 200")).count()
                        + other.log().stream()
                                .filter(line -> line.endsWith(" 200"))
                                .count())
                .as("bodies sent by stock-service")
                .isEqualTo(1);
    }

    @Test
    void barsThatHaveChangedAreComputedAgain() {
        String before = platform.get("indicators/SPY?i=sma:20").body();
        store("SPY", 2, 18);

        String after = platform.get("indicators/SPY?i=sma:20").body();

        assertThat(computed("series")).isEqualTo(2);
        assertThat(after).isNotEqualTo(before).contains("\"revision\":18");
    }

    @Test
    void otherNumbersOfARequestAreAnotherComputation() {
        platform.get("indicators/SPY?i=sma:20");
        platform.get("indicators/SPY?i=sma:21");
        platform.get("indicators/SPY?i=sma");
        platform.get("signals/SPY?side=long");
        platform.get("signals/SPY?side=both");

        assertThat(computed("series")).isEqualTo(2);
        assertThat(computed("evaluation")).isEqualTo(2);
    }

    @Test
    void windowIsCutFromTheSameComputation() {
        platform.get("indicators/SPY?i=sma:20");
        platform.get("indicators/SPY?i=sma:20&last=5");
        platform.get("indicators/SPY?i=sma:20&from=2020-03-01&format=csv");

        assertThat(computed("series")).isEqualTo(1);
    }

    @Test
    void whatDoesNotFitIsForgottenAndComputedAgain() {
        // room for 2,000 numbers: 17 series of 100 and what they weigh besides
        for (int period = 1; period <= 40; period++) {
            platform.get("indicators/SPY?i=sma:" + period);
        }
        platform.get("indicators/SPY?i=sma:40");
        assertThat(computed("series")).isEqualTo(40);

        platform.get("indicators/SPY?i=sma:1");

        assertThat(computed("series")).isEqualTo(41);
    }

    private double computed(String what) {
        return platform.bean(MeterRegistry.class)
                .get("signals.computations")
                .tag("what", what)
                .counter()
                .count();
    }
}
