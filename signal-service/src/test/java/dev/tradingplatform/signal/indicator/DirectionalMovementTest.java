package dev.tradingplatform.signal.indicator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bar;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against decimal arithmetic with 40 digits, on prices in which the two moves of a bar are often exactly equal. */
class DirectionalMovementTest {

    private static final MathContext DIGITS = new MathContext(40);
    private static final int PERIOD = 5;

    /** Prices of a few steps, so that many bars have equal moves. */
    private static Bars bars(long seed, int decimals, int base) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        List<Bar> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int low = base + random.nextInt(4);
            int high = base + 6 + random.nextInt(4);
            rows.add(new Bar(
                    SampleBars.day(i),
                    price(low + 1, decimals),
                    price(high, decimals),
                    price(low, decimals),
                    price(low + 2, decimals),
                    1));
        }
        return Bars.of(rows);
    }

    private static double price(int steps, int decimals) {
        return BigDecimal.valueOf(steps, decimals).doubleValue();
    }

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 5000", "2, 18700", "5, 108500", "8, 1234", "6, 18700000", "0, 30", "2, -3"})
    void isExactWhereTheHighRisesAsFarAsTheLowFalls(int decimals, int base) {
        // Rounding of a price in relation to the smallest step of it, in per cent
        Offset<Double> exact = within(1e-9 + 100 * 8 * Math.ulp((double) base));
        int ties = 0;
        for (long seed = 0; seed < 20; seed++) {
            Bars bars = bars(seed, decimals, base);
            Map<String, double[]> computed =
                    IndicatorRequest.parse("adx:" + PERIOD).compute(bars);
            Exact expected = new Exact(bars);
            ties += expected.ties;
            for (int i = PERIOD; i < bars.size(); i++) {
                assertThat(column(computed, "pdi")[i])
                        .as("pdi at %s, seed %s", i, seed)
                        .isCloseTo(expected.plus.get(i).doubleValue(), exact);
                assertThat(column(computed, "mdi")[i])
                        .as("mdi at %s, seed %s", i, seed)
                        .isCloseTo(expected.minus.get(i).doubleValue(), exact);
            }
        }
        assertThat(ties).as("bars with equal moves").isGreaterThan(100);
    }

    private static double[] column(Map<String, double[]> columns, String output) {
        return requireNonNull(columns.get("adx:" + PERIOD + "." + output));
    }

    /** 0.000000001 is a step of a price of 1, and no rounding. */
    @Test
    void smallestStepOfAPriceIsNoTie() {
        List<Bar> rows = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            double high = BigDecimal.valueOf(1_500_000_000L + 11L * i, 9).doubleValue();
            double low = BigDecimal.valueOf(1_400_000_000L - 10L * i, 9).doubleValue();
            rows.add(new Bar(SampleBars.day(i), low, high, low, high, 1));
        }

        Map<String, double[]> computed = IndicatorRequest.parse("adx:2").compute(Bars.of(rows));

        assertThat(requireNonNull(computed.get("adx:2.pdi"))[3]).isPositive();
        assertThat(requireNonNull(computed.get("adx:2.mdi"))[3]).isZero();
    }

    /** The definition, bar by bar. */
    private static final class Exact {

        private final List<BigDecimal> plus = new ArrayList<>();
        private final List<BigDecimal> minus = new ArrayList<>();
        private int ties;

        Exact(Bars bars) {
            BigDecimal range = BigDecimal.ZERO;
            BigDecimal rise = BigDecimal.ZERO;
            BigDecimal fall = BigDecimal.ZERO;
            plus.add(BigDecimal.ZERO);
            minus.add(BigDecimal.ZERO);
            for (int i = 1; i < bars.size(); i++) {
                BigDecimal high = decimal(bars.high()[i]);
                BigDecimal low = decimal(bars.low()[i]);
                BigDecimal close = decimal(bars.close()[i - 1]);
                BigDecimal up = high.subtract(decimal(bars.high()[i - 1]));
                BigDecimal down = decimal(bars.low()[i - 1]).subtract(low);
                int direction = up.compareTo(down);
                ties += direction == 0 && up.signum() > 0 ? 1 : 0;
                range = smoothed(range, high.max(close).subtract(low.min(close)), i);
                rise = smoothed(rise, direction > 0 ? up.max(BigDecimal.ZERO) : BigDecimal.ZERO, i);
                fall = smoothed(fall, direction < 0 ? down.max(BigDecimal.ZERO) : BigDecimal.ZERO, i);
                plus.add(share(rise, range));
                minus.add(share(fall, range));
            }
        }

        private static BigDecimal decimal(double price) {
            return new BigDecimal(Double.toString(price));
        }

        private static BigDecimal smoothed(BigDecimal sum, BigDecimal value, int index) {
            return index <= PERIOD
                    ? sum.add(value)
                    : sum.subtract(sum.divide(BigDecimal.valueOf(PERIOD), DIGITS))
                            .add(value);
        }

        private static BigDecimal share(BigDecimal part, BigDecimal whole) {
            return whole.signum() == 0
                    ? BigDecimal.ZERO
                    : part.multiply(BigDecimal.valueOf(100))
                            .divide(whole, DIGITS)
                            .setScale(20, RoundingMode.HALF_EVEN);
        }
    }
}
