package dev.tradingplatform.signal.backtest;

/**
 * A holding that is there at the end, marked at the last close and not sold. Immutable.
 *
 * @param holding what is held
 * @param price the last close
 * @param commission for the entry
 */
public record OpenPosition(Holding holding, double price, double commission) {

    /** What it would bring at that price, the commission of an exit not counted. */
    public double profit() {
        return holding.gain(price) - commission;
    }

    /** The same as a part of what the shares were worth at entry. */
    public double profitRatio() {
        return profit() / holding.entryValue();
    }
}
