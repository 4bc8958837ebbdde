package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Repository;

/** Keeps the splits of tickers. Safe for concurrent use. */
@Repository
public class Splits {

    private final Storage storage;
    private final SeriesRepository repository;
    private final InstantSource clock;
    private final ChangeLog changes;

    Splits(Storage storage, SeriesRepository repository, InstantSource clock, ChangeLog changes) {
        this.storage = storage;
        this.repository = repository;
        this.clock = clock;
        this.changes = changes;
    }

    /** Returns the splits of a ticker, oldest first, or nothing if it has neither splits nor bars of any timeframe. */
    public Optional<List<Split>> find(Ticker ticker) {
        return storage.read(transaction -> find(transaction, ticker));
    }

    /**
     * Replaces all splits of a ticker. If that changes anything, the revisions of all its series move, since adjusted
     * prices do.
     *
     * @param splits no two at the same time
     * @param condition on what {@link #find} returns at the moment of writing
     */
    public SplitsOutcome replace(Ticker ticker, List<Split> splits, Predicate<Optional<List<Split>>> condition) {
        List<Split> sorted = splits.stream().sorted().toList();
        return storage.write(transaction -> {
            lock(transaction, ticker);
            Optional<List<Split>> current = find(transaction, ticker);
            if (!condition.test(current)) {
                transaction.undo();
                return SplitsOutcome.CONDITION_FAILED;
            }
            if (current.orElse(List.of()).equals(sorted)) {
                transaction.undo();
            } else {
                write(transaction, ticker, sorted);
            }
            return current.isEmpty() && !sorted.isEmpty() ? SplitsOutcome.CREATED : SplitsOutcome.REPLACED;
        });
    }

    private void noteChange(Transaction transaction, Series series) {
        Long first = series.first();
        if (first != null) {
            changes.add(transaction, series.key(), first);
        }
    }

    private static Optional<List<Split>> find(Transaction transaction, Ticker ticker) {
        List<Split> splits = of(transaction, ticker);
        return splits.isEmpty() && !hasBars(transaction, ticker) ? Optional.empty() : Optional.of(splits);
    }

    private static boolean hasBars(Transaction transaction, Ticker ticker) {
        return transaction
                        .sql()
                        .sql("SELECT count(*) FROM ticker WHERE ticker = ? AND bars > 0")
                        .param(ticker.symbol())
                        .query((row, _) -> row.getLong(1))
                        .single()
                > 0;
    }

    static List<Split> of(Transaction transaction, Ticker ticker) {
        return transaction
                .sql()
                .sql("SELECT starts_at, numerator, denominator FROM split WHERE ticker = ? ORDER BY starts_at")
                .param(ticker.symbol())
                .query((row, _) -> new Split(row.getLong(1), row.getInt(2), row.getInt(3)))
                .list();
    }

    /**
     * Locks every series the ticker has or might have, in the order of every writer. In PostgreSQL a row that is not
     * there cannot be locked: two writers of a ticker without bars would both see no splits, and a series that is just
     * being made would keep its revision although its adjusted prices change.
     */
    private void lock(Transaction transaction, Ticker ticker) {
        for (Timeframe timeframe : Timeframe.values()) {
            repository.lock(transaction, new SeriesKey(ticker, timeframe));
        }
    }

    private void write(Transaction transaction, Ticker ticker, List<Split> splits) {
        transaction
                .sql()
                .sql("UPDATE ticker SET revision = revision + 1, updated_at = ? WHERE ticker = ? RETURNING "
                        + Rows.SERIES)
                .params(clock.millis(), ticker.symbol())
                .query((row, _) -> Rows.series(row))
                .list()
                .forEach(series -> noteChange(transaction, series));
        transaction
                .sql()
                .sql("DELETE FROM split WHERE ticker = ?")
                .param(ticker.symbol())
                .update();
        for (Split split : splits) {
            transaction
                    .sql()
                    .sql("INSERT INTO split (ticker, starts_at, numerator, denominator) VALUES (?, ?, ?, ?)")
                    .params(ticker.symbol(), split.start(), split.numerator(), split.denominator())
                    .update();
        }
    }
}
