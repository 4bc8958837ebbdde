package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import java.util.List;

/** Volume added up, counted against when the close falls. */
final class OnBalanceVolume implements Indicator {

    @Override
    public Description description() {
        return Description.of(
                "obv",
                "0 at bar 0; plus the volume when the close rises, minus it when it falls, unchanged when it is equal.");
    }

    @Override
    public boolean overlay() {
        return false;
    }

    @Override
    public List<Series> compute(Bars bars, Arguments arguments) {
        double[] close = bars.close();
        double[] balance = new double[bars.size()];
        double sum = 0;
        // What rounding took from the sum so far (Neumaier): the balance comes near 0 after going far from it
        double lost = 0;
        for (int i = 1; i < balance.length; i++) {
            double change = Math.signum(close[i] - close[i - 1]) * bars.volume()[i];
            double next = sum + change;
            lost += Math.abs(sum) >= Math.abs(change) ? sum - next + change : change - next + sum;
            sum = next;
            balance[i] = sum + lost;
        }
        return List.of(new Series("", balance));
    }
}
