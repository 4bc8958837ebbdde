package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.springframework.jdbc.core.RowCallbackHandler;
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

    /** Returns bars of a series, or nothing if it has none at all. */
    public Optional<Snapshot> read(SeriesKey key, BarQuery query) {
        List<StoredBar> bars = new ArrayList<>();
        return stream(key, query, bars::add).map(series -> new Snapshot(series, bars));
    }

    /**
     * Hands over bars of a series one by one, all of one snapshot, and keeps none.
     *
     * @param receiver must not wait for a client: the snapshot is held until it has taken the last bar
     * @return the series, or nothing if it has no bars at all
     */
    public Optional<Series> stream(SeriesKey key, BarQuery query, Consumer<StoredBar> receiver) {
        return storage.read(transaction -> {
            Optional<Series> known = series(transaction, key).filter(Series::isKnown);
            known.ifPresent(series -> each(transaction, series, query, receiver));
            return known;
        });
    }

    /**
     * Reads several series at one moment, and waits for the database only once for all of them.
     *
     * @param work must not wait for a client: the snapshot is held until it returns
     */
    public <T> T together(Function<SharedSnapshot, T> work) {
        return storage.read(transaction -> work.apply(new SharedSnapshot(transaction)));
    }

    /** Returns the bar that starts at an instant. */
    public Optional<StoredBar> find(SeriesKey key, long start) {
        return storage.read(transaction -> find(transaction, key, start));
    }

    static Optional<StoredBar> find(Transaction transaction, SeriesKey key, long start) {
        List<StoredBar> found = new ArrayList<>(1);
        each(transaction, key, new BarQuery(new TimeRange(start, start), SortOrder.ASC, 1, Adjustment.RAW), found::add);
        return found.stream().findFirst();
    }

    static void each(Transaction transaction, Series series, BarQuery query, Consumer<StoredBar> receiver) {
        UnaryOperator<StoredBar> basis = basis(transaction, series, query.adjustment());
        each(transaction, series.key(), query, bar -> receiver.accept(basis.apply(bar)));
    }

    static Optional<Series> series(Transaction transaction, SeriesKey key) {
        return transaction
                .sql()
                .sql("SELECT " + Rows.SERIES + " FROM ticker WHERE ticker = ? AND timeframe = ?")
                .params(key.ticker().symbol(), key.timeframe().code())
                .query((row, _) -> Rows.series(row))
                .optional();
    }

    private static UnaryOperator<StoredBar> basis(Transaction transaction, Series series, Adjustment adjustment) {
        Long newest = series.last();
        SeriesKey key = series.key();
        return adjustment == Adjustment.RAW || newest == null
                ? UnaryOperator.identity()
                : new AdjustedBasis(
                        key,
                        Splits.of(transaction, key.ticker()),
                        adjustment == Adjustment.ALL ? Dividends.of(transaction, key) : List.of(),
                        newest);
    }

    private static void each(Transaction transaction, SeriesKey key, BarQuery query, Consumer<StoredBar> receiver) {
        RowCallbackHandler rows = row -> receiver.accept(Rows.bar(row));
        transaction
                .sql()
                .sql("SELECT " + Rows.BAR + " FROM quote WHERE ticker = ? AND timeframe = ? AND ts BETWEEN ? AND ?"
                        + " ORDER BY ts " + query.order() + " LIMIT ?")
                .param(key.ticker().symbol())
                .param(key.timeframe().code())
                .param(query.range().from())
                .param(query.range().to())
                .param(query.limit())
                .query(rows);
    }
}
