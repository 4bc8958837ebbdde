package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.util.List;

/** Simple moving average: the mean of the last so many values. */
public final class Sma implements Indicator {

    Sma() {}

    /**
     * Averages.
     *
     * @param values NaN up to the first number, numbers from there on
     * @param period at least 1
     * @return first at {@code period - 1} numbers
     */
    public static double[] of(double[] values, int period) {
        double[] means = SlidingWindow.of(values, period, SlidingWindow.Join.SUM);
        for (int i = 0; i < means.length; i++) {
            means[i] /= period;
        }
        return means;
    }

    @Override
    public Description description() {
        return Description.of(
                "sma",
                "Mean of the last n closes; first at bar n - 1.",
                Parameter.bars("period", 20, "closes in the mean (n)"));
    }

    @Override
    public boolean overlay() {
        return true;
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        return List.of(new Series("", of(bars.close(), arguments.integer("period"))));
    }
}
