package dev.tradingplatform.signal.indicator;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Values worked out on paper from the definitions. */
class IndicatorsByHandTest {

    @Test
    void smaIsTheMeanOfTheWindowAndNothingBeforeItIsFull() {
        assertColumn(Sma.of(new double[] {1, 2, 6, 3, 9, 12, 0}, 3), NaN, NaN, 3, 11 / 3.0, 6, 8, 7);
    }

    @Test
    void smaOfFewerValuesThanItsWindowIsNothing() {
        assertColumn(Sma.of(new double[] {1, 2}, 3), NaN, NaN);
        assertColumn(Sma.of(new double[] {}, 3));
    }

    @Test
    void smaKeepsSmallValuesThatFollowHugeOnes() {
        assertColumn(Sma.of(new double[] {1e17, 1, 2, 3}, 2), NaN, 5e16, 1.5, 2.5);
    }

    @Test
    void emaBeginsAsTheMeanOfItsFirstWindow() {
        // 2 / (3 + 1) = one half
        assertColumn(Ema.of(new double[] {1, 2, 6, 5, 8, 0}, 3), NaN, NaN, 3, 4, 6, 3);
    }

    @Test
    void rsiBeginsWithPlainMeansAndContinuesAsWilderDoes() {
        // changes +2 -1 +1: gains (2, 0, 1), losses (0, 1, 0); means 1 and 0.5, then (1 + 1) / 2 and (0.5 + 0) / 2
        assertColumn(Rsi.of(new double[] {10, 12, 11, 12}, 2), NaN, NaN, 200 / 3.0, 80);
    }

    @Test
    void rsiIs100WithGainsOnlyAnd0WithLossesOnlyAndNothingWithNeither() {
        assertColumn(Rsi.of(new double[] {1, 2, 3}, 2), NaN, NaN, 100);
        assertColumn(Rsi.of(new double[] {3, 2, 1}, 2), NaN, NaN, 0);
        assertColumn(Rsi.of(new double[] {5, 5, 5, 6}, 2), NaN, NaN, NaN, 100);
    }

    @Test
    void rsiIsNothingOnceEqualClosesHaveHalvedItsMeansToNothing() {
        double[] closes = new double[1_200];
        Arrays.fill(closes, 12);
        closes[0] = 10;
        closes[1] = 11;
        closes[2] = 10.8;

        double[] index = Rsi.of(closes, 2);

        assertThat(index[1_000]).isEqualTo(index[4], within(1e-9));
        assertThat(index[1_199]).isNaN();
    }

    @Test
    void macdTakesEachAverageFromItsOwnSeed() {
        // EMA1 = close; EMA3 as above; signal of two: mean of the first two, then two thirds of the way
        Bars bars = SampleBars.closes(1, 2, 6, 5, 8);

        assertColumn(Columns.of("macd:1:3:2.macd", bars), NaN, NaN, 3, 1, 2);
        assertColumn(Columns.of("macd:1:3:2.signal", bars), NaN, NaN, NaN, 2, 2);
        assertColumn(Columns.of("macd:1:3:2.histogram", bars), NaN, NaN, NaN, -1, 0);
    }

    @Test
    void bollingerBandsDivideByTheNumberOfValues() {
        // mean 5, squares 9 + 1 + 1 + 9 = 20, divided by 4
        Bars bars = SampleBars.closes(2, 4, 6, 8);

        assertColumn(Columns.of("bbands:4:2.middle", bars), NaN, NaN, NaN, 5);
        assertColumn(Columns.of("bbands:4:2.upper", bars), NaN, NaN, NaN, 5 + 2 * Math.sqrt(5));
        assertColumn(Columns.of("bbands:4:2.lower", bars), NaN, NaN, NaN, 5 - 2 * Math.sqrt(5));
    }

    @Test
    void trueRangeSpansTheGapFromThePreviousClose() {
        Bars bars = SampleBars.rows(
                new double[] {10, 11, 9, 10, 1},
                new double[] {10, 12, 10, 12, 1},
                new double[] {15, 16, 15, 16, 1},
                new double[] {10, 10, 9, 9, 1});

        assertColumn(AverageTrueRange.trueRange(bars), NaN, 2, 4, 7);
        assertColumn(Columns.of("atr:2", bars), NaN, NaN, 3, 5);
    }

    @Test
    void stochasticIs0WhereHighestAndLowestAreEqual() {
        Bars bars = SampleBars.closes(5, 5, 6, 5.5);

        assertColumn(Columns.of("stoch:2:1:2.k", bars), NaN, 0, 100, 0);
        assertColumn(Columns.of("stoch:2:1:2.d", bars), NaN, NaN, 50, 50);
    }

    @Test
    void adxCountsOnlyTheLargerMovementOfABar() {
        // up 2 1 0 , down -1 2 3: movement + (2, 0, 0), - (0, 2, 3); true range 3, 4, 5
        Bars bars = SampleBars.rows(
                new double[] {10, 11, 9, 10, 1},
                new double[] {10, 13, 10, 12, 1},
                new double[] {12, 14, 8, 10, 1},
                new double[] {9, 12, 5, 6, 1});

        // bar 2: sums 2, 2, range 3 + 6 = 9; bar 3: 2 - 1 + 0 = 1, 2 - 1 + 3 = 4, range 9 - 4.5 + 7 = 11.5
        assertColumn(Columns.of("adx:2.pdi", bars), NaN, NaN, 200 / 9.0, 100 / 11.5);
        assertColumn(Columns.of("adx:2.mdi", bars), NaN, NaN, 200 / 9.0, 400 / 11.5);
        // dx: 0, then 100 * 3 / 5
        assertColumn(Columns.of("adx:2.adx", bars), NaN, NaN, NaN, 30);
    }

    @Test
    void adxOfPricesThatNeverMoveIs0WithoutDirections() {
        Bars bars = SampleBars.closes(5, 5, 5);

        assertColumn(Columns.of("adx:1.pdi", bars), NaN, NaN, NaN);
        assertColumn(Columns.of("adx:1.adx", bars), NaN, 0, 0);
    }

    @Test
    void onBalanceVolumeBeginsAt0AndIgnoresEqualCloses() {
        Bars bars = SampleBars.rows(
                new double[] {1, 1, 1, 1, 100},
                new double[] {2, 2, 2, 2, 10},
                new double[] {2, 2, 2, 2, 20},
                new double[] {1, 1, 1, 1, 40});

        assertColumn(Columns.of("obv", bars), 0, 10, 10, -30);
    }

    private static void assertColumn(double[] actual, double... expected) {
        assertThat(actual).containsExactly(expected, within(1e-12));
    }
}
