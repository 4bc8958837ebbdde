package dev.tradingplatform.signal.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every series of prices. */
class IndicatorPropertiesTest {

    static Stream<String> everyIndicator() {
        return Indicators.all().stream()
                .map(indicator -> indicator.description().name());
    }

    @ParameterizedTest
    @MethodSource("everyIndicator")
    void valuesOfTheFirstBarsDoNotDependOnLaterOnes(String name) {
        Bars bars = SampleBars.randomWalk(7, 300);
        IndicatorRequest request = IndicatorRequest.parse(name);

        for (int size = 0; size <= bars.size(); size += 13) {
            int length = size;
            request.compute(SampleBars.first(size, bars))
                    .forEach((key, values) -> assertThat(values)
                            .as("%s of the first %s bars", key, length)
                            .isEqualTo(Arrays.copyOf(Columns.of(key, bars), length)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sma:20, 19",
        "ema:20, 19",
        "rsi:14, 14",
        "atr:14, 14",
        "obv, 0",
        "bbands:20:2, 19 19 19",
        "macd:12:26:9, 25 33 33",
        "stoch:14:3:3, 15 17",
        "adx:14, 27 14 14"
    })
    void firstValuesComeWhereTheDefinitionSays(String request, String first) {
        Bars bars = SampleBars.randomWalk(3, 60);

        List<String> firsts = IndicatorRequest.parse(request).compute(bars).values().stream()
                .map(values -> String.valueOf(WarmUp.first(values)))
                .toList();

        assertThat(String.join(" ", firsts)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsi:14", "rsi:2", "stoch:14:3:3", "stoch:5:1:2", "adx:14", "adx:3"})
    void oscillatorsStayBetween0And100(String request) {
        IndicatorRequest.parse(request)
                .compute(SampleBars.randomWalk(11, 5_000))
                .forEach((key, values) -> assertThat(Arrays.stream(values).filter(value -> !Double.isNaN(value)))
                        .as(key)
                        .allMatch(value -> value >= 0 && value <= 100 + 1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        "sma:20, 1",
        "ema:20, 1",
        "bbands:20:2, 1",
        "macd:12:26:9, 1",
        "atr:14, 1",
        "rsi:14, 0",
        "stoch:14:3:3, 0",
        "adx:14, 0",
        "obv, 0"
    })
    void pricesInAnotherCurrencyScaleTheValuesOrLeaveThem(String text, int power) {
        Bars bars = SampleBars.randomWalk(5, 400);
        IndicatorRequest request = IndicatorRequest.parse(text);
        double factor = Math.pow(1000, power);

        request.compute(SampleBars.scaled(1000, bars)).forEach((key, values) -> {
            double[] original = Columns.of(key, bars);
            for (int i = WarmUp.first(values); i < values.length; i++) {
                double expected = original[i] * factor;
                assertThat(values[i]).as(key).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
            }
        });
    }

    @Test
    void averagesOfAMillionBarsDoNotDrift() {
        double[] values = SampleBars.randomWalk(1, 1_000_000).close();
        int last = values.length - 1;

        double[] means = Sma.of(values, 200);
        double[] upper = BollingerBands.band(values, 20, 2);

        assertThat(means[last]).isCloseTo(exactMean(values, last - 199, last), within(1e-12));
        assertThat(means[15_000]).isCloseTo(exactMean(values, 15_000 - 199, 15_000), within(1e-12));
        assertThat(upper[last]).isCloseTo(exactBand(values, last - 19, last), within(1e-11));
    }

    @Test
    void smaIsAsExactAfterAPriceABillionTimesHigher() {
        double[] values = SampleBars.randomWalk(2, 15_000).close().clone();
        values[7_000] = 1e11;

        double[] means = Sma.of(values, 20);

        assertThat(means[7_020]).isCloseTo(exactMean(values, 7_001, 7_020), within(1e-12));
        assertThat(means[14_999]).isCloseTo(exactMean(values, 14_980, 14_999), within(1e-12));
    }

    private static double exactMean(double[] values, int first, int last) {
        return sum(values, first, last)
                .divide(BigDecimal.valueOf(last - first + 1), MathContext.DECIMAL128)
                .doubleValue();
    }

    private static double exactBand(double[] values, int first, int last) {
        BigDecimal count = BigDecimal.valueOf(last - first + 1);
        BigDecimal mean = sum(values, first, last).divide(count, MathContext.DECIMAL128);
        BigDecimal squares = BigDecimal.ZERO;
        for (int i = first; i <= last; i++) {
            squares = squares.add(new BigDecimal(values[i]).subtract(mean).pow(2));
        }
        BigDecimal deviation = squares.divide(count, MathContext.DECIMAL128).sqrt(MathContext.DECIMAL128);
        return mean.add(deviation.multiply(BigDecimal.TWO)).doubleValue();
    }

    private static BigDecimal sum(double[] values, int first, int last) {
        BigDecimal sum = BigDecimal.ZERO;
        for (int i = first; i <= last; i++) {
            sum = sum.add(new BigDecimal(values[i]));
        }
        return sum;
    }
}
