package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.util.List;

/** How far prices move in a bar, gaps included, smoothed as Wilder does. */
final class AverageTrueRange implements Indicator {

    /** The true range of each bar; none for the first, which has no previous close. */
    static double[] trueRange(Bars bars) {
        double[] high = bars.high();
        double[] low = bars.low();
        double[] close = bars.close();
        double[] range = WarmUp.empty(bars.size());
        for (int i = 1; i < range.length; i++) {
            range[i] = Math.max(high[i], close[i - 1]) - Math.min(low[i], close[i - 1]);
        }
        return range;
    }

    @Override
    public Description description() {
        return Description.of(
                "atr",
                "True range = max(high, previous close) - min(low, previous close), from bar 1; its mean over bars 1 to n at bar"
                        + " n, then (previous * (n - 1) + x) / n.",
                Parameter.bars("period", 14, "ranges in the first mean (n)"));
    }

    @Override
    public boolean overlay() {
        return false;
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        return List.of(new Series("", Smoothing.wilder(trueRange(bars), arguments.integer("period"))));
    }
}
