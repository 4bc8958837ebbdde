package dev.tradingplatform.signal.backtest;

import java.time.Instant;

/**
 * A holding that was given up. Immutable.
 *
 * @param holding what was held
 * @param exitTime start of the bar in which it was given up
 * @param exitPrice at what price
 * @param exitReason why, in plain words
 * @param commission for entry and exit
 */
public record Trade(Holding holding, Instant exitTime, double exitPrice, String exitReason, double commission) {

    /** What it brought, after commission. */
    public double profit() {
        return holding.gain(exitPrice) - commission;
    }

    /** The same as a part of what the shares were worth at entry. */
    public double profitRatio() {
        return profit() / holding.entryValue();
    }
}
