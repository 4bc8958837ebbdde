package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.util.List;

/** Moving average convergence/divergence. */
public final class Macd implements Indicator {

    Macd() {}

    /**
     * Takes the slow average from the fast one.
     *
     * @param fast below {@code slow}
     * @return first at {@code slow - 1} numbers
     */
    public static double[] line(double[] values, int fast, int slow) {
        double[] line = Ema.of(values, fast);
        double[] slower = Ema.of(values, slow);
        for (int i = 0; i < line.length; i++) {
            line[i] -= slower[i];
        }
        return line;
    }

    @Override
    public Description description() {
        return Description.of(
                "macd",
                "macd = EMA(fast) - EMA(slow), each seeded by its own mean; signal = EMA of macd, seeded by the mean of its first"
                        + " values; histogram = macd - signal.",
                Parameter.bars("fast", 12, "period of the faster average"),
                Parameter.bars("slow", 26, "period of the slower average"),
                Parameter.bars("signal", 9, "period of the signal line"));
    }

    @Override
    public boolean overlay() {
        return false;
    }

    @Override
    public void check(Arguments arguments) {
        int slow = arguments.integer("slow");
        if (arguments.integer("fast") >= slow) {
            throw new InvalidParameterException("fast", arguments.text("fast"), "less than slow, which is " + slow);
        }
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        double[] line = line(bars.close(), arguments.integer("fast"), arguments.integer("slow"));
        double[] signal = Ema.of(line, arguments.integer("signal"));
        double[] histogram = new double[line.length];
        for (int i = 0; i < line.length; i++) {
            histogram[i] = line[i] - signal[i];
        }
        return List.of(new Series("macd", line), new Series("signal", signal), new Series("histogram", histogram));
    }
}
