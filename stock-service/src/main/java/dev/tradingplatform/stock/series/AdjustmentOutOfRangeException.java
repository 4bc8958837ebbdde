package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;

/** A bar on the basis of its series' splits would be none that can be kept: a price of 0, or one too large. */
public final class AdjustmentOutOfRangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient SeriesKey key;
    private final long start;

    AdjustmentOutOfRangeException(SeriesKey key, long start) {
        super("The splits of " + key.ticker() + " make a bar of " + start + " that is out of range");
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
