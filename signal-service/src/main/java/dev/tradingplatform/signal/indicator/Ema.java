package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.util.List;

/** Exponential moving average, seeded with the mean of its first full window. */
public final class Ema implements Indicator {

    Ema() {}

    /**
     * Averages.
     *
     * @param values NaN up to the first number, numbers from there on
     * @param period at least 1
     * @return first at {@code period - 1} numbers
     */
    public static double[] of(double[] values, int period) {
        double[] averages = WarmUp.empty(values.length);
        int seed = WarmUp.first(values) + period - 1;
        if (seed >= values.length) {
            return averages;
        }
        double share = 2.0 / (period + 1);
        double average = Smoothing.mean(values, seed - period + 1, seed);
        averages[seed] = average;
        for (int i = seed + 1; i < values.length; i++) {
            average += (values[i] - average) * share;
            averages[i] = average;
        }
        return averages;
    }

    @Override
    public Description description() {
        return Description.of(
                "ema",
                "Starts as the mean of the first n closes at bar n - 1, then e += (close - e) * 2 / (n + 1).",
                Parameter.bars("period", 20, "closes in the first mean (n)"));
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
