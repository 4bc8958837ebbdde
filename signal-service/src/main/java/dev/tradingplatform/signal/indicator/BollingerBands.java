package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.math.BigDecimal;
import java.util.List;

/** A moving average with a band of standard deviations on either side. */
public final class BollingerBands implements Indicator {

    BollingerBands() {}

    /**
     * Moves a band away from the mean.
     *
     * @param period at least 1
     * @param deviations population standard deviations to go up; negative to go down
     * @return first at {@code period - 1} numbers
     */
    public static double[] band(double[] values, int period, double deviations) {
        double[] middle = Sma.of(values, period);
        return band(middle, deviation(values, middle, period), deviations);
    }

    private static double[] band(double[] middle, double[] deviation, double deviations) {
        double[] band = new double[middle.length];
        for (int i = 0; i < band.length; i++) {
            band[i] = middle[i] + deviations * deviation[i];
        }
        return band;
    }

    private static double[] deviation(double[] values, double[] middle, int period) {
        double[] deviation = new double[values.length];
        for (int i = period - 1; i < deviation.length; i++) {
            deviation[i] = deviation(values, i - period + 1, i, middle[i]);
        }
        return deviation;
    }

    // Two passes: a difference of running sums of squares would cancel to noise on calm prices
    private static double deviation(double[] values, int first, int last, double mean) {
        double even = 0;
        double odd = 0;
        // Two sums, because each addition to one waits for the one before it
        for (int i = first; i < last; i += 2) {
            double one = values[i] - mean;
            double other = values[i + 1] - mean;
            even += one * one;
            odd += other * other;
        }
        int count = last - first + 1;
        double rest = count % 2 == 0 ? 0 : values[last] - mean;
        return Math.sqrt((even + odd + rest * rest) / count);
    }

    @Override
    public Description description() {
        return Description.of(
                "bbands",
                "middle = mean of the last n closes; upper and lower = middle ± k population standard deviations (divided by n).",
                Parameter.bars("period", 20, "closes in the mean (n)"),
                Parameter.number(
                        "deviations",
                        "2",
                        new Parameter.Range(new BigDecimal("0.1"), BigDecimal.TEN),
                        "width of the band on either side (k)"));
    }

    @Override
    public boolean overlay() {
        return true;
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        int period = arguments.integer("period");
        double deviations = arguments.number("deviations");
        double[] middle = Sma.of(bars.close(), period);
        double[] deviation = deviation(bars.close(), middle, period);
        return List.of(
                new Series("middle", middle),
                new Series("upper", band(middle, deviation, deviations)),
                new Series("lower", band(middle, deviation, -deviations)));
    }
}
