package dev.tradingplatform.signal.market;

import java.time.Instant;
import java.util.List;

/**
 * Every ticker there is, once for each of its timeframes, and where the list came from. Immutable.
 *
 * @param tickers by name
 * @param source the replica, and whether it still answers; its revision is always 0
 */
public record TickerList(List<TickerSummary> tickers, Source source) {

    /** Copies the list. */
    public TickerList {
        tickers = List.copyOf(tickers);
    }

    /** Where what is said of one ticker came from. */
    public Source sourceOf(TickerSummary summary) {
        return source.withRevision(summary.revision());
    }

    /** Returns the rows of one timeframe. */
    public List<TickerSummary> of(Timeframe timeframe) {
        return tickers.stream()
                .filter(summary -> summary.timeframe().equals(timeframe.code()))
                .toList();
    }

    TickerList stale(Instant now) {
        return new TickerList(tickers, source.stale(now));
    }
}
