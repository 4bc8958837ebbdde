package dev.tradingplatform.signal.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.strategy.Side;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SweepTest {

    private static final Bars BARS = SampleBars.randomWalk(5, 300);
    private static final Rules RULES = new Rules(10_000, 0.001, 0, Side.BOTH, Fill.NEXT_OPEN, Shares.FRACTIONAL);

    @Test
    void eachCellIsTheBacktestOfItsCombination() {
        Sweep sweep = Sweep.of("sma-cross", Map.of("fast", "2:8:3", "slow", "5:20:5"));
        List<Integer> done = new ArrayList<>();

        List<Sweep.Cell> cells = sweep.run(Period.all(BARS), RULES, done::add);

        assertThat(sweep.combinations()).isEqualTo(12);
        assertThat(done).hasSize(12).endsWith(12);
        // 5 and 5, 8 and 5 do not go together
        assertThat(cells).hasSize(10);
        for (Sweep.Cell cell : cells) {
            Map<String, String> numbers = Map.of(
                    sweep.axes().getFirst().name(), cell.values().getFirst().toPlainString(),
                    sweep.axes().getLast().name(), cell.values().getLast().toPlainString());
            assertThat(cell.summary())
                    .isEqualTo(Backtest.of(
                                    Period.all(BARS),
                                    StrategyRequest.of("sma-cross", numbers)
                                            .evaluate(BARS, Side.BOTH)
                                            .events(),
                                    RULES)
                            .summary());
        }
        assertThat(cells.stream().map(cell -> cell.summary().gain()).distinct()).hasSizeGreaterThan(3);
    }

    @Test
    void numbersOutsideTheRangesAreFixed() {
        Sweep sweep = Sweep.of("rsi-reversion", Map.of("period", "5", "low", "20:35:2.5"));

        List<Sweep.Cell> cells = sweep.run(Period.all(BARS), RULES, _ -> {});

        assertThat(sweep.axes())
                .containsExactly(new Sweep.Axis(
                        "low",
                        List.of(
                                new BigDecimal("20"),
                                new BigDecimal("22.5"),
                                new BigDecimal("25"),
                                new BigDecimal("27.5"),
                                new BigDecimal("30"),
                                new BigDecimal("32.5"),
                                new BigDecimal("35"))));
        assertThat(cells.getLast().summary())
                .isEqualTo(Backtest.of(
                                Period.all(BARS),
                                StrategyRequest.of("rsi-reversion", Map.of("period", "5", "low", "35"))
                                        .evaluate(BARS, Side.BOTH)
                                        .events(),
                                RULES)
                        .summary());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5         | strategy",
                "5:50      | fast",
                "50:5:1    | fast",
                "5:50:0    | fast",
                "5:50:-1   | fast",
                "a:b:c     | fast",
                "0:5:1     | fast",
                "5:2000:5  | fast",
                "1:1000:0.1| fast",
                "1:2:0.5:1 | fast",
                "1e9999:2:1| fast"
            })
    void rangeThatCannotBeSweptIsRefused(String range, String parameter) {
        assertThatThrownBy(() -> Sweep.of("sma-cross", Map.of("fast", range)))
                .isInstanceOfSatisfying(
                        InvalidParameterException.class,
                        refused -> assertThat(refused.violations().getFirst().parameter())
                                .isEqualTo(parameter));
    }

    @Test
    void tooManyCombinationsAndThreeRangesAreRefused() {
        assertThatThrownBy(() -> Sweep.of("sma-cross", Map.of("fast", "1:51:1", "slow", "100:149:1")))
                .hasMessageContaining("2 ranges with 2550 combinations");
        assertThatThrownBy(() -> Sweep.of("macd-cross", Map.of("fast", "1:2:1", "slow", "9:10:1", "signal", "3:4:1")))
                .hasMessageContaining("3 ranges with 8 combinations");
        assertThatThrownBy(() -> Sweep.of("sma-cross", Map.of("fast", "1:2:1", "slwo", "9")))
                .hasMessageContaining("slwo");
    }
}
