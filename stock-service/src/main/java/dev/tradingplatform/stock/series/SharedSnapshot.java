package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several series as they are at one moment. For one thread, until the work it was given to returns. */
public final class SharedSnapshot {

    private final Transaction transaction;

    SharedSnapshot(Transaction transaction) {
        this.transaction = transaction;
    }

    /** Returns what is known of a series, or nothing if it has no bars. */
    public Optional<Series> series(SeriesKey key) {
        return Bars.series(transaction, key).filter(Series::isKnown);
    }

    /** Returns bars of a series, in the order asked for. */
    public List<StoredBar> bars(Series series, BarQuery query) {
        List<StoredBar> bars = new ArrayList<>();
        Bars.each(transaction, series, query, bars::add);
        return bars;
    }
}
