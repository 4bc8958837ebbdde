package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.series.Series;
import dev.tradingplatform.stock.series.SharedSnapshot;
import java.util.List;

/**
 * The newest bars of several tickers, read one ticker at a time: all of them together would be many.
 *
 * @param query the request
 * @param snapshot what there is
 */
record ManyTickers(ManyTickersQuery query, SharedSnapshot snapshot) {

    /** Returns the series that have bars, in the order of the request. */
    List<Series> known() {
        return query.keys().stream()
                .flatMap(key -> snapshot.series(key).stream())
                .toList();
    }

    /** Returns bars of one of them, oldest first. */
    List<StoredBar> bars(Series series) {
        return snapshot.bars(series, query.bars()).reversed();
    }
}
