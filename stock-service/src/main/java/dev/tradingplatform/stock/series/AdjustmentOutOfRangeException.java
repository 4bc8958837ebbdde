package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;

/** An adjusted bar cannot be stored or shown: one of its prices would be 0, or a number too large. */
public final class AdjustmentOutOfRangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SeriesKey key;
    private final long start;

    AdjustmentOutOfRangeException(SeriesKey key, long start) {
        super("The adjusted bar of " + key.ticker() + " at " + start + " is out of range");
        this.key = key;
        this.start = start;
    }

    /** Returns the series of the bar. */
    public SeriesKey key() {
        return key;
    }

    /** Returns where the bar is, epoch second. */
    public long start() {
        return start;
    }
}
