package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.bar.Bars;
import java.math.BigDecimal;

/**
 * Worth of everything at each close, of the strategy and beside it. Immutable by agreement: the arrays are only read.
 */
public final class Curves {

    private final double[] equity;
    private final double[] buyAndHold;
    private final BigDecimal sharesHeld;

    private Curves(double[] equity, double[] buyAndHold, BigDecimal sharesHeld) {
        this.equity = equity;
        this.buyAndHold = buyAndHold;
        this.sharesHeld = sharesHeld;
    }

    /** @param equity of the strategy, one value for each bar of the period */
    static Curves beside(double[] equity, Period period, Rules rules) {
        Bars bars = period.bars();
        double[] held = new double[period.size()];
        if (held.length == 0) {
            return new Curves(equity, held, BigDecimal.ZERO);
        }
        double price = rules.buyPrice(bars.open()[period.first()]);
        BigDecimal shares = rules.shares(rules.cash(), price);
        double rest = rules.cash() - shares.doubleValue() * price - rules.commissionOn(shares, price);
        for (int i = 0; i < held.length; i++) {
            held[i] = rest + shares.doubleValue() * bars.close()[period.first() + i];
        }
        return new Curves(equity, held, shares);
    }

    /** Following the strategy, one value a bar; only to be read. */
    public double[] equity() {
        return equity;
    }

    /** Buying at the first open and holding, one value a bar; only to be read. */
    public double[] buyAndHold() {
        return buyAndHold;
    }

    BigDecimal sharesHeld() {
        return sharesHeld;
    }
}
