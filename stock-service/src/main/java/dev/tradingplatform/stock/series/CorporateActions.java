package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stores one kind of corporate actions, always all of a ticker at once. Safe for concurrent use.
 *
 * @param <A> the kind, in the order of time
 */
public abstract sealed class CorporateActions<A extends Comparable<A>> permits Splits, Dividends {

    private final Storage storage;
    private final SeriesRepository repository;
    private final ChangeLog changes;
    private final InstantSource clock;

    CorporateActions(Storage storage, SeriesRepository repository, ChangeLog changes, InstantSource clock) {
        this.storage = storage;
        this.repository = repository;
        this.changes = changes;
        this.clock = clock;
    }

    abstract List<A> read(Transaction transaction, Ticker ticker);

    abstract void delete(Transaction transaction, Ticker ticker);

    abstract void insert(Transaction transaction, Ticker ticker, A action);

    /**
     * Returns the actions of a ticker, oldest first, or nothing if it has neither actions nor bars of any timeframe.
     */
    public final Optional<List<A>> find(Ticker ticker) {
        return storage.read(transaction -> find(transaction, ticker));
    }

    /**
     * Replaces all actions of a ticker. If that changes anything, the revisions of all its series grow, since their
     * adjusted prices change.
     *
     * @param actions no two at the same time
     * @param precondition on what {@link #find} returns at the moment of writing
     */
    public final ActionsOutcome replace(Ticker ticker, List<A> actions, Predicate<Optional<List<A>>> precondition) {
        List<A> sorted = actions.stream().sorted().toList();
        return storage.write(transaction -> {
            // Two writers of a ticker without bars would both see no actions, and a series that is inserted meanwhile
            // would
            // keep its revision although its adjusted prices change.
            repository.lockAll(transaction, ticker);
            Optional<List<A>> current = find(transaction, ticker);
            if (!precondition.test(current)) {
                transaction.undo();
                return ActionsOutcome.PRECONDITION_FAILED;
            }
            if (current.orElse(List.of()).equals(sorted)) {
                transaction.undo();
            } else {
                write(transaction, ticker, sorted);
            }
            return current.isEmpty() && !sorted.isEmpty() ? ActionsOutcome.CREATED : ActionsOutcome.REPLACED;
        });
    }

    private Optional<List<A>> find(Transaction transaction, Ticker ticker) {
        List<A> actions = read(transaction, ticker);
        return actions.isEmpty() && !hasBars(transaction, ticker) ? Optional.empty() : Optional.of(actions);
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

    private void write(Transaction transaction, Ticker ticker, List<A> actions) {
        transaction
                .sql()
                .sql("UPDATE ticker SET revision = revision + 1, updated_at = ? WHERE ticker = ? RETURNING "
                        + Rows.SERIES)
                .params(clock.millis(), ticker.symbol())
                .query((row, _) -> Rows.series(row))
                .list()
                .forEach(series -> addChange(transaction, series));
        delete(transaction, ticker);
        actions.forEach(action -> insert(transaction, ticker, action));
    }

    private void addChange(Transaction transaction, Series series) {
        Long first = series.first();
        if (first != null) {
            changes.add(transaction, series.key(), first);
        }
    }
}
