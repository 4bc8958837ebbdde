package dev.tradingplatform.signal.market;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of tickers as stock-service sends it; only what is read here.
 *
 * @param data by ticker
 * @param next path and query of the next page; null on the last one
 */
record TickerPage(List<TickerSummary> data, @Nullable String next) {

    /** Copies the list; one that is missing is refused. */
    TickerPage {
        data = List.copyOf(data);
    }
}
