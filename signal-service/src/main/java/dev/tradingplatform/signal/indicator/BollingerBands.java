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
        double[] band = Sma.of(values, period);
        for (int i = period - 1; i < band.length; i++) {
            band[i] += deviations * deviation(values, i - period + 1, i, band[i]);
        }
        return band;
    }

    // Two passes: a difference of running sums of squares would cancel to noise on calm prices
    private static double deviation(double[] values, int first, int last, double mean) {
        double squares = 0;
        for (int i = first; i <= last; i++) {
            double distance = values[i] - mean;
            squares += distance * distance;
        }
        return Math.sqrt(squares / (last - first + 1));
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
        return List.of(
                new Series("middle", Sma.of(bars.close(), period)),
                new Series("upper", band(bars.close(), period, deviations)),
                new Series("lower", band(bars.close(), period, -deviations)));
    }
}
