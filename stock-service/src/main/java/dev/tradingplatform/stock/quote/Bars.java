package dev.tradingplatform.stock.quote;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Reads bars. Safe for concurrent use. */
@Repository
public class Bars {

    private final Storage storage;

    Bars(Storage storage) {
        this.storage = storage;
    }

    /** Returns what is known of a series, or nothing if it has no bars. */
    public Optional<Series> series(SeriesKey key) {
        return storage.read(transaction -> series(transaction, key)).filter(Series::isKnown);
    }

    /**
     * Returns bars of a series, or nothing if it has none at all.
     *
     * @param limit how many bars at most, counted in the order asked for
     */
    public Optional<Snapshot> read(SeriesKey key, TimeRange range, Order order, int limit) {
        return storage.read(transaction -> series(transaction, key)
                .filter(Series::isKnown)
                .map(series -> new Snapshot(series, bars(transaction, key, range, order, limit))));
    }

    /** Returns the bar that starts at an instant. */
    public Optional<StoredBar> find(SeriesKey key, long start) {
        return storage.read(transaction -> find(transaction, key, start));
    }

    static Optional<StoredBar> find(Transaction transaction, SeriesKey key, long start) {
        return bars(transaction, key, new TimeRange(start, start), Order.ASC, 1).stream()
                .findFirst();
    }

    static Optional<Series> series(Transaction transaction, SeriesKey key) {
        return transaction
                .sql()
                .sql("SELECT " + Rows.SERIES + " FROM ticker WHERE ticker = ? AND timeframe = ?")
                .params(key.ticker().symbol(), key.timeframe().code())
                .query((row, _) -> Rows.series(row))
                .optional();
    }

    private static List<StoredBar> bars(
            Transaction transaction, SeriesKey key, TimeRange range, Order order, int limit) {
        return transaction
                .sql()
                .sql("SELECT " + Rows.BAR + " FROM quote WHERE ticker = ? AND timeframe = ? AND ts BETWEEN ? AND ?"
                        + " ORDER BY ts " + order + " LIMIT ?")
                .params(key.ticker().symbol(), key.timeframe().code(), range.from(), range.to(), limit)
                .query((row, _) -> Rows.bar(row))
                .list();
    }
}
