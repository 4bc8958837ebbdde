package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.storage.Transaction;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps the row of a series up to date, within the transaction that changes its bars. */
@Component
class SeriesRepository {

    private final InstantSource clock;
    private final ChangeLog changes;

    SeriesRepository(InstantSource clock, ChangeLog changes) {
        this.clock = clock;
        this.changes = changes;
    }

    /** Returns a series that no other transaction changes until this one ends; inserts it if it is missing. */
    Series lock(Transaction transaction, SeriesKey key) {
        return lockExisting(transaction, key).orElseGet(() -> {
            transaction
                    .sql()
                    .sql("INSERT INTO ticker (ticker, timeframe, revision, bars, updated_at) VALUES (?, ?, 0, 0, ?)"
                            + " ON CONFLICT (ticker, timeframe) DO NOTHING")
                    .params(key.ticker().symbol(), key.timeframe().code(), clock.millis())
                    .update();
            return lockExisting(transaction, key).orElseThrow();
        });
    }

    /**
     * Locks every series that a ticker has or might have, in the order of every writer, and returns them. In PostgreSQL
     * a row that does not exist cannot be locked: another transaction could insert a series meanwhile.
     */
    List<Series> lockAll(Transaction transaction, Ticker ticker) {
        return Arrays.stream(Timeframe.values())
                .map(timeframe -> lock(transaction, new SeriesKey(ticker, timeframe)))
                .toList();
    }

    /** Returns a series that no other transaction changes until this one ends, or nothing if it never existed. */
    Optional<Series> lockExisting(Transaction transaction, SeriesKey key) {
        return transaction
                .sql()
                .sql("UPDATE ticker SET updated_at = updated_at WHERE ticker = ? AND timeframe = ? RETURNING "
                        + Rows.SERIES)
                .params(key.ticker().symbol(), key.timeframe().code())
                .query((row, _) -> Rows.series(row))
                .optional();
    }

    /**
     * Saves that bars were added or changed.
     *
     * @param changed from the first to the last bar that was, or may have been
     */
    Series grown(Transaction transaction, Series series, long inserted, TimeRange changed) {
        Long first = series.first();
        Long last = series.last();
        Series next = new Series(
                series.key(),
                series.revision() + 1,
                series.bars() + inserted,
                first == null ? changed.from() : Math.min(first, changed.from()),
                last == null ? changed.to() : Math.max(last, changed.to()));
        return save(transaction, next, changed.from());
    }

    /**
     * Saves that bars were deleted.
     *
     * @param firstDeleted start of the first of them, or an earlier instant
     */
    Series shrunk(Transaction transaction, Series series, long deleted, long firstDeleted) {
        Series next = new Series(
                series.key(),
                series.revision() + 1,
                series.bars() - deleted,
                edge(transaction, series.key(), SortOrder.ASC),
                edge(transaction, series.key(), SortOrder.DESC));
        return save(transaction, next, firstDeleted);
    }

    private static @Nullable Long edge(Transaction transaction, SeriesKey key, SortOrder order) {
        return transaction
                .sql()
                .sql("SELECT ts FROM quote WHERE ticker = ? AND timeframe = ? ORDER BY ts " + order + " LIMIT 1")
                .params(key.ticker().symbol(), key.timeframe().code())
                .query((row, _) -> row.getLong(1))
                .optional()
                .orElse(null);
    }

    private Series save(Transaction transaction, Series series, long firstChanged) {
        changes.add(transaction, series.key(), firstChanged);
        transaction
                .sql()
                .sql("UPDATE ticker SET revision = ?, bars = ?, first_ts = ?, last_ts = ?, updated_at = ?"
                        + " WHERE ticker = ? AND timeframe = ?")
                .param(series.revision())
                .param(series.bars())
                .param(series.first())
                .param(series.last())
                .param(clock.millis())
                .param(series.key().ticker().symbol())
                .param(series.key().timeframe().code())
                .update();
        return series;
    }
}
