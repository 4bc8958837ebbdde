package dev.tradingplatform.stock.bar;

/**
 * What bars are kept under.
 *
 * @param ticker the instrument
 * @param timeframe how long its bars are
 */
public record SeriesKey(Ticker ticker, Timeframe timeframe) implements Comparable<SeriesKey> {

    /** By ticker, then timeframe: the order in which writers take several of them. */
    @Override
    public int compareTo(SeriesKey other) {
        int byTicker = ticker.compareTo(other.ticker);
        return byTicker != 0 ? byTicker : timeframe.compareTo(other.timeframe);
    }
}
