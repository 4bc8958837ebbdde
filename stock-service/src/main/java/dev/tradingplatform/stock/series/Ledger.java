package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.storage.Transaction;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Keeps a series' row true to its bars, within the transaction that changes them. */
@Component
class Ledger {

    private final InstantSource clock;

    Ledger(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns a series that nobody else changes until the transaction ends; it is made if it is missing. */
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

    /** Returns a series that nobody else changes until the transaction ends, or nothing if it never was. */
    Optional<Series> lockExisting(Transaction transaction, SeriesKey key) {
        return transaction
                .sql()
                .sql("UPDATE ticker SET updated_at = updated_at WHERE ticker = ? AND timeframe = ? RETURNING "
                        + Rows.SERIES)
                .params(key.ticker().symbol(), key.timeframe().code())
                .query((row, _) -> Rows.series(row))
                .optional();
    }

    /** Notes that bars were added or changed between two instants. */
    Series grown(Transaction transaction, Series series, long inserted, TimeRange touched) {
        Long first = series.first();
        Long last = series.last();
        Series next = new Series(
                series.key(),
                series.revision() + 1,
                series.bars() + inserted,
                first == null ? touched.from() : Math.min(first, touched.from()),
                last == null ? touched.to() : Math.max(last, touched.to()));
        return save(transaction, next);
    }

    /** Notes that bars were deleted. */
    Series shrunk(Transaction transaction, Series series, long deleted) {
        Series next = new Series(
                series.key(),
                series.revision() + 1,
                series.bars() - deleted,
                edge(transaction, series.key(), SortOrder.ASC),
                edge(transaction, series.key(), SortOrder.DESC));
        return save(transaction, next);
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

    private Series save(Transaction transaction, Series series) {
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
