package dev.tradingplatform.stock.quote;

import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.springframework.stereotype.Repository;

/** Keeps the splits of tickers. Safe for concurrent use. */
@Repository
public class Splits {

    private final Storage storage;
    private final InstantSource clock;

    Splits(Storage storage, InstantSource clock) {
        this.storage = storage;
        this.clock = clock;
    }

    /** Returns the splits of a ticker, oldest first; it need have no bars. */
    public List<Split> of(Ticker ticker) {
        return storage.read(transaction -> of(transaction, ticker));
    }

    /** Tells whether a ticker has bars of any timeframe. */
    public boolean hasBars(Ticker ticker) {
        return storage.read(transaction -> transaction
                        .sql()
                        .sql("SELECT count(*) FROM ticker WHERE ticker = ? AND bars > 0")
                        .param(ticker.symbol())
                        .query((row, _) -> row.getLong(1))
                        .single()
                > 0);
    }

    /**
     * Replaces all splits of a ticker. If that changes anything, the revisions of all its series move, since adjusted
     * prices do.
     *
     * @param splits no two at the same time
     * @param condition on the splits that are there
     * @return whether the condition held; nothing was written otherwise
     */
    public boolean replace(Ticker ticker, List<Split> splits, Predicate<List<Split>> condition) {
        List<Split> sorted = splits.stream().sorted().toList();
        return storage.write(transaction -> {
            lock(transaction, ticker);
            List<Split> current = of(transaction, ticker);
            boolean wanted = condition.test(current);
            if (wanted && !current.equals(sorted)) {
                write(transaction, ticker, sorted);
            } else {
                transaction.undo();
            }
            return wanted;
        });
    }

    static List<Split> of(Transaction transaction, Ticker ticker) {
        return transaction
                .sql()
                .sql("SELECT starts_at, numerator, denominator FROM split WHERE ticker = ? ORDER BY starts_at")
                .param(ticker.symbol())
                .query((row, _) -> new Split(row.getLong(1), row.getInt(2), row.getInt(3)))
                .list();
    }

    /** PostgreSQL would otherwise let two writers see the same splits and both replace them. */
    private static void lock(Transaction transaction, Ticker ticker) {
        transaction
                .sql()
                .sql("UPDATE ticker SET updated_at = updated_at WHERE ticker = ?")
                .param(ticker.symbol())
                .update();
    }

    private void write(Transaction transaction, Ticker ticker, List<Split> splits) {
        transaction
                .sql()
                .sql("UPDATE ticker SET revision = revision + 1, updated_at = ? WHERE ticker = ?")
                .params(clock.millis(), ticker.symbol())
                .update();
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
