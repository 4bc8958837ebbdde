package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.util.List;

/** Where the close lies between the lowest low and the highest high, 0 to 100. */
final class Stochastic implements Indicator {

    private static double[] raw(Bars bars, int period) {
        double[] highest = SlidingWindow.of(bars.high(), period, SlidingWindow.Join.HIGHEST);
        double[] lowest = SlidingWindow.of(bars.low(), period, SlidingWindow.Join.LOWEST);
        double[] close = bars.close();
        double[] raw = WarmUp.empty(bars.size());
        for (int i = period - 1; i < raw.length; i++) {
            double height = highest[i] - lowest[i];
            raw[i] = height == 0 ? 0 : 100 * (close[i] - lowest[i]) / height;
        }
        return raw;
    }

    @Override
    public Description description() {
        return Description.of(
                "stoch",
                "raw = 100 * (close - lowest low) / (highest high - lowest low) over n bars, 0 where they are equal; k = mean of"
                        + " the last s raw values; d = mean of the last d values of k.",
                Parameter.bars("period", 14, "bars looked back on (n)"),
                Parameter.bars("slowing", 3, "raw values in k (s)"),
                Parameter.bars("d", 3, "values of k in d"));
    }

    @Override
    public boolean overlay() {
        return false;
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        double[] k = Sma.of(raw(bars, arguments.integer("period")), arguments.integer("slowing"));
        return List.of(new Series("k", k), new Series("d", Sma.of(k, arguments.integer("d"))));
    }
}
