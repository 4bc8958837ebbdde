package dev.tradingplatform.signal.benchmark;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;
import dev.tradingplatform.signal.bar.Bars;
import java.util.function.Consumer;

/** The same series from TA-Lib, each into an array of its own, as a caller who keeps them needs it. */
final class TaLib {

    private final Core core = new Core();
    private final MInteger begin = new MInteger();
    private final MInteger count = new MInteger();
    private final Bars bars;
    private final int last;

    TaLib(Bars bars) {
        this.bars = bars;
        this.last = bars.size() - 1;
    }

    private double[] column() {
        return new double[last + 1];
    }

    void nine(Consumer<double[]> take) {
        averages(take);
        oscillators(take);
        ranges(take);
    }

    private void averages(Consumer<double[]> take) {
        double[] close = bars.close();
        double[] sma = column();
        core.sma(0, last, close, 20, begin, count, sma);
        take.accept(sma);
        double[] ema = column();
        core.ema(0, last, close, 20, begin, count, ema);
        take.accept(ema);
        double[] upper = column();
        double[] middle = column();
        double[] lower = column();
        core.bbands(0, last, close, 20, 2, 2, MAType.Sma, begin, count, upper, middle, lower);
        take.accept(upper);
        take.accept(middle);
        take.accept(lower);
    }

    private void oscillators(Consumer<double[]> take) {
        double[] close = bars.close();
        double[] rsi = column();
        core.rsi(0, last, close, 14, begin, count, rsi);
        take.accept(rsi);
        double[] macd = column();
        double[] signal = column();
        double[] histogram = column();
        core.macd(0, last, close, 12, 26, 9, begin, count, macd, signal, histogram);
        take.accept(macd);
        take.accept(signal);
        take.accept(histogram);
        double[] k = column();
        double[] d = column();
        core.stoch(0, last, bars.high(), bars.low(), close, 14, 3, MAType.Sma, 3, MAType.Sma, begin, count, k, d);
        take.accept(k);
        take.accept(d);
    }

    private void ranges(Consumer<double[]> take) {
        double[] high = bars.high();
        double[] low = bars.low();
        double[] close = bars.close();
        double[] adx = column();
        core.adx(0, last, high, low, close, 14, begin, count, adx);
        take.accept(adx);
        double[] plus = column();
        core.plusDI(0, last, high, low, close, 14, begin, count, plus);
        take.accept(plus);
        double[] minus = column();
        core.minusDI(0, last, high, low, close, 14, begin, count, minus);
        take.accept(minus);
        double[] atr = column();
        core.atr(0, last, high, low, close, 14, begin, count, atr);
        take.accept(atr);
        double[] obv = column();
        core.obv(0, last, close, bars.volume(), begin, count, obv);
        take.accept(obv);
    }
}
