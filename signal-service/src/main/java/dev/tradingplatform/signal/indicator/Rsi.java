package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.util.List;

/** Wilder's relative strength index, 0 to 100. */
public final class Rsi implements Indicator {

    Rsi() {}

    /**
     * Weighs gains against losses.
     *
     * @param values numbers
     * @param period at least 1
     * @return first at index {@code period}; NaN also where there was neither gain nor loss
     */
    public static double[] of(double[] values, int period) {
        double[] gains = WarmUp.empty(values.length);
        double[] losses = WarmUp.empty(values.length);
        for (int i = 1; i < values.length; i++) {
            double change = values[i] - values[i - 1];
            gains[i] = Math.max(change, 0);
            losses[i] = Math.max(-change, 0);
        }
        double[] gain = Smoothing.wilder(gains, period);
        double[] loss = Smoothing.wilder(losses, period);
        double[] index = WarmUp.empty(values.length);
        for (int i = period; i < values.length; i++) {
            double moved = gain[i] + loss[i];
            // Equal to 100 - 100 / (1 + gain / loss), without a division by a loss of 0. After a thousand equal values
            // the means are smaller than a normal number, and have no digits left to compare.
            index[i] = moved < Double.MIN_NORMAL ? Double.NaN : 100 * gain[i] / moved;
        }
        return index;
    }

    @Override
    public Description description() {
        return Description.of(
                "rsi",
                "100 - 100 / (1 + g / l) with g and l the means of the first n gains and losses at bar n, then Wilder's"
                        + " (previous * (n - 1) + x) / n; 100 with gains only, null with neither.",
                Parameter.bars("period", 14, "changes in the first mean (n)"));
    }

    @Override
    public boolean overlay() {
        return false;
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        return List.of(new Series("", of(bars.close(), arguments.integer("period"))));
    }
}
