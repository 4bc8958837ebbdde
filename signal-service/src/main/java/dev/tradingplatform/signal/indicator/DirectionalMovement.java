package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.Tolerance;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.Parameter;
import java.util.List;

/** Wilder's directional indicators and their average index: how strong a trend is, 0 to 100. */
final class DirectionalMovement implements Indicator {

    @Override
    public Description description() {
        return Description.of(
                "adx",
                "Movement = the rise of the high or the fall of the low if it is the larger of the two; none where both are equal or below 0."
                        + " Sums of true range and of movement over bars 1 to n, then s = s - s / n + x; pdi and mdi = 100 *"
                        + " movement / range, null without any range; dx = 100 * |pdi - mdi| / (pdi + mdi), 0 where both are 0;"
                        + " adx = mean of the first n dx at bar 2n - 1, then (previous * (n - 1) + dx) / n.",
                Parameter.bars("period", 14, "bars in the first sums (n)"));
    }

    @Override
    public boolean overlay() {
        return false;
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        int period = arguments.integer("period");
        // Smoothed means instead of smoothed sums: the factor of n cancels in the quotient
        double[] range = Smoothing.wilder(AverageTrueRange.trueRange(bars), period);
        double[] plus = Smoothing.wilder(rises(bars), period);
        double[] minus = Smoothing.wilder(falls(bars), period);
        double[] strength = WarmUp.empty(bars.size());
        for (int i = period; i < strength.length; i++) {
            strength[i] = strength(plus[i], minus[i]);
            plus[i] = 100 * plus[i] / range[i];
            minus[i] = 100 * minus[i] / range[i];
        }
        return List.of(
                new Series("adx", Smoothing.wilder(strength, period)),
                new Series("pdi", plus),
                new Series("mdi", minus));
    }

    private static double strength(double plus, double minus) {
        return plus + minus == 0 ? 0 : 100 * Math.abs(plus - minus) / (plus + minus);
    }

    private static double[] rises(Bars bars) {
        double[] rises = WarmUp.empty(bars.size());
        for (int i = 1; i < rises.length; i++) {
            rises[i] = direction(bars, i) > 0 ? Math.max(up(bars, i), 0) : 0;
        }
        return rises;
    }

    private static double[] falls(Bars bars) {
        double[] falls = WarmUp.empty(bars.size());
        for (int i = 1; i < falls.length; i++) {
            falls[i] = direction(bars, i) < 0 ? Math.max(down(bars, i), 0) : 0;
        }
        return falls;
    }

    /** Returns 0 if the high rises exactly as far as the low falls: then the bar counts for neither side. */
    private static double direction(Bars bars, int i) {
        double largest = Math.max(
                Math.max(Math.abs(bars.high()[i]), Math.abs(bars.high()[i - 1])),
                Math.max(Math.abs(bars.low()[i]), Math.abs(bars.low()[i - 1])));
        return Tolerance.OF_CHANGES.sign(up(bars, i) - down(bars, i), largest);
    }

    private static double up(Bars bars, int i) {
        return bars.high()[i] - bars.high()[i - 1];
    }

    private static double down(Bars bars, int i) {
        return bars.low()[i - 1] - bars.low()[i];
    }
}
