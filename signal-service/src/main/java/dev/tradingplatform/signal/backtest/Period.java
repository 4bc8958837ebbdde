package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.bar.Bars;

/**
 * The bars that are traded; a strategy may have seen those before. Immutable.
 *
 * @param bars all there are
 * @param first index of the first one to trade in
 * @param end index behind the last one; not below {@code first}
 */
public record Period(Bars bars, int first, int end) {

    /** Every bar there is. */
    public static Period all(Bars bars) {
        return new Period(bars, 0, bars.size());
    }

    int size() {
        return end - first;
    }
}
