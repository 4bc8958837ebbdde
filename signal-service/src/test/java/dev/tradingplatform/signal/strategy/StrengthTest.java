package dev.tradingplatform.signal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StrengthTest {

    static Stream<String> everyStrategy() {
        return Strategies.all().stream().map(strategy -> strategy.description().name());
    }

    private static double strength(String strategy, Map<String, String> numbers, Bars bars) {
        return StrategyRequest.of(strategy, numbers)
                .evaluate(bars, Side.LONG)
                .standing()
                .strength();
    }

    @Test
    void crossesAreHalfOfEverythingAtTheirMeasureAndOnTheSideOfTheFasterLine() {
        Map<String, String> oneAndTwo = Map.of("fast", "1", "slow", "2");

        // 100 above a mean of 98, 2 % of the close; then below one of 102
        assertThat(strength("sma-cross", oneAndTwo, SampleBars.closes(96, 100))).isCloseTo(0.5, within(1e-12));
        assertThat(strength("sma-cross", oneAndTwo, SampleBars.closes(104, 100)))
                .isCloseTo(-0.5, within(1e-12));
        assertThat(strength("sma-cross", oneAndTwo, SampleBars.closes(100, 100)))
                .isZero();
    }

    @Test
    void reversionsAreStrongestWhereTheReturnIsExpectedFromFarthest() {
        Map<String, String> two = Map.of("period", "2");

        assertThat(strength("rsi-reversion", two, SampleBars.closes(10, 9, 8))).isEqualTo(1);
        assertThat(strength("rsi-reversion", two, SampleBars.closes(10, 11, 12)))
                .isEqualTo(-1);
        assertThat(strength("rsi-reversion", two, SampleBars.closes(10, 11, 10)))
                .isZero();
        // two closes are always one deviation from their mean: half way to a band of two
        assertThat(strength("bollinger-reversion", two, SampleBars.closes(10, 12)))
                .isCloseTo(-0.5, within(1e-12));
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void isZeroDuringWarmUpAndNeverBeyondOne(String strategy) {
        assertThat(strength(strategy, Map.of(), SampleBars.closes())).isZero();
        assertThat(strength(strategy, Map.of(), SampleBars.closes(1, 2, 3))).isZero();
        for (long seed = 0; seed < 50; seed++) {
            assertThat(strength(strategy, Map.of(), SampleBars.randomWalk(seed, 200)))
                    .isBetween(-1.0, 1.0)
                    .isNotZero();
        }
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void doesNotDependOnTheCurrency(String strategy) {
        Bars bars = SampleBars.randomWalk(5, 200);

        assertThat(strength(strategy, Map.of(), SampleBars.scaled(1000, bars)))
                .isCloseTo(strength(strategy, Map.of(), bars), within(1e-9));
    }

    @ParameterizedTest
    @MethodSource("everyStrategy")
    void isDefinedInWords(String strategy) {
        assertThat(Strategies.named(strategy).strength()).endsWith(".").hasSizeGreaterThan(40);
    }
}
