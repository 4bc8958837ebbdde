package dev.tradingplatform.signal.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;
import com.tictactec.ta.lib.RetCode;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares with TA-Lib: everywhere where its definition is the canonical one, towards the end where only its seed
 * differs.
 */
class TaLibOracleTest {

    private static final int SIZE = 1_500;
    private static final int SETTLED = 700;

    private final Core taLib = new Core();
    private final MInteger begin = new MInteger();
    private final MInteger count = new MInteger();

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 14, 20, 200})
    void smaAndEmaAgree(int period) {
        Bars bars = SampleBars.randomWalk(period, SIZE);
        double[] expected = new double[SIZE];

        check(taLib.sma(0, SIZE - 1, bars.close(), period, begin, count, expected));
        assertAgrees(Columns.of("sma:" + period, bars), expected, 0);

        check(taLib.ema(0, SIZE - 1, bars.close(), period, begin, count, expected));
        assertAgrees(Columns.of("ema:" + period, bars), expected, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 14, 50})
    void rsiAndAtrAgree(int period) {
        Bars bars = SampleBars.randomWalk(period, SIZE);
        double[] expected = new double[SIZE];

        check(taLib.rsi(0, SIZE - 1, bars.close(), period, begin, count, expected));
        assertAgrees(Columns.of("rsi:" + period, bars), expected, 0);

        check(taLib.atr(0, SIZE - 1, bars.high(), bars.low(), bars.close(), period, begin, count, expected));
        assertAgrees(Columns.of("atr:" + period, bars), expected, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 100})
    void bollingerBandsAgree(int period) {
        Bars bars = SampleBars.randomWalk(period, SIZE);
        double[] upper = new double[SIZE];
        double[] middle = new double[SIZE];
        double[] lower = new double[SIZE];

        check(taLib.bbands(
                0, SIZE - 1, bars.close(), period, 2.5, 2.5, MAType.Sma, begin, count, upper, middle, lower));

        assertAgrees(Columns.of("bbands:" + period + ":2.5.upper", bars), upper, 0);
        assertAgrees(Columns.of("bbands:" + period + ":2.5.middle", bars), middle, 0);
        assertAgrees(Columns.of("bbands:" + period + ":2.5.lower", bars), lower, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 14, 60})
    void stochasticAgrees(int period) {
        Bars bars = SampleBars.randomWalk(period, SIZE);
        double[] k = new double[SIZE];
        double[] d = new double[SIZE];

        check(taLib.stoch(
                0,
                SIZE - 1,
                bars.high(),
                bars.low(),
                bars.close(),
                period,
                3,
                MAType.Sma,
                4,
                MAType.Sma,
                begin,
                count,
                k,
                d));

        // TA-Lib's k begins where its d begins
        double[] ours = Columns.of("stoch:" + period + ":3:4.k", bars);
        for (int i = 0; i < count.value; i++) {
            assertThat(ours[begin.value + i]).isCloseTo(k[i], within(1e-9));
        }
        assertAgrees(Columns.of("stoch:" + period + ":3:4.d", bars), d, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 14})
    void adxConverges(int period) {
        Bars bars = SampleBars.randomWalk(period, SIZE);
        double[] expected = new double[SIZE];

        check(taLib.adx(0, SIZE - 1, bars.high(), bars.low(), bars.close(), period, begin, count, expected));
        assertAgrees(Columns.of("adx:" + period + ".adx", bars), expected, SETTLED);

        check(taLib.plusDI(0, SIZE - 1, bars.high(), bars.low(), bars.close(), period, begin, count, expected));
        assertAgrees(Columns.of("adx:" + period + ".pdi", bars), expected, SETTLED);

        check(taLib.minusDI(0, SIZE - 1, bars.high(), bars.low(), bars.close(), period, begin, count, expected));
        assertAgrees(Columns.of("adx:" + period + ".mdi", bars), expected, SETTLED);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 9})
    void macdConverges(int signal) {
        Bars bars = SampleBars.randomWalk(signal, SIZE);
        double[] line = new double[SIZE];
        double[] signalLine = new double[SIZE];
        double[] histogram = new double[SIZE];

        check(taLib.macd(0, SIZE - 1, bars.close(), 12, 26, signal, begin, count, line, signalLine, histogram));

        assertAgrees(Columns.of("macd:12:26:" + signal + ".signal", bars), signalLine, SETTLED);
        assertAgrees(Columns.of("macd:12:26:" + signal + ".histogram", bars), histogram, SETTLED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void onBalanceVolumeDiffersByTheFirstVolumeOnly(long seed) {
        Bars bars = SampleBars.randomWalk(seed, SIZE);
        double[] expected = new double[SIZE];

        check(taLib.obv(0, SIZE - 1, bars.close(), bars.volume(), begin, count, expected));

        double[] ours = Columns.of("obv", bars);
        for (int i = 0; i < SIZE; i++) {
            assertThat(ours[i] + bars.volume()[0]).isEqualTo(expected[i]);
        }
    }

    private void assertAgrees(double[] ours, double[] expected, int from) {
        if (from == 0) {
            assertThat(WarmUp.first(ours)).isEqualTo(begin.value);
        }
        for (int i = from; i < count.value; i++) {
            double tolerance = 1e-9 * Math.max(1, Math.abs(expected[i]));
            assertThat(ours[begin.value + i]).as("value %s", begin.value + i).isCloseTo(expected[i], within(tolerance));
        }
    }

    private static void check(RetCode code) {
        assertThat(code).isEqualTo(RetCode.Success);
    }
}
