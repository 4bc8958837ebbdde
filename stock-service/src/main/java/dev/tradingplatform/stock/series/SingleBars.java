package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Repository;

/** Puts and deletes bars by their place in time. Safe for concurrent use. */
@Repository
public class SingleBars {

    private final Storage storage;
    private final SeriesRepository repository;

    SingleBars(Storage storage, SeriesRepository repository) {
        this.storage = storage;
        this.repository = repository;
    }

    /** Creates or replaces a bar if a condition holds. */
    public PutOutcome put(SeriesKey key, Bar bar, Precondition condition) {
        return storage.write(transaction -> {
            Series series = repository.lock(transaction, key);
            Optional<StoredBar> current = Bars.find(transaction, key, bar.start());
            if (!condition.holdsFor(current)) {
                transaction.undo();
                return new PutOutcome.ConditionFailed();
            }
            if (current.isPresent() && current.get().bar().equals(bar)) {
                transaction.undo();
                return new PutOutcome.Replaced(current.get());
            }
            StoredBar stored = new StoredBar(bar, series.revision() + 1);
            Upsert.REPLACING.run(transaction, key, List.of(bar), stored.version());
            repository.grown(transaction, series, current.isPresent() ? 0 : 1, new TimeRange(bar.start(), bar.start()));
            return current.isPresent() ? new PutOutcome.Replaced(stored) : new PutOutcome.Created(stored);
        });
    }

    /** Deletes a bar if a condition holds. */
    public DeleteOutcome delete(SeriesKey key, long start, Precondition condition) {
        return storage.write(transaction -> {
            Optional<Series> series = repository.lockExisting(transaction, key);
            Optional<StoredBar> current = Bars.find(transaction, key, start);
            if (!condition.holdsFor(current)) {
                return DeleteOutcome.CONDITION_FAILED;
            }
            if (current.isEmpty()) {
                return DeleteOutcome.ABSENT;
            }
            delete(transaction, series.orElseThrow(), new TimeRange(start, start));
            return DeleteOutcome.DELETED;
        });
    }

    /**
     * Deletes the bars of a range.
     *
     * @param condition on the series at the moment of writing, if it has bars
     */
    public RangeOutcome delete(SeriesKey key, TimeRange range, Predicate<Optional<Series>> condition) {
        return storage.write(transaction -> {
            Optional<Series> known = repository.lockExisting(transaction, key).filter(Series::isKnown);
            if (!condition.test(known)) {
                return new RangeOutcome.ConditionFailed();
            }
            return known.<RangeOutcome>map(series -> new RangeOutcome.Deleted(delete(transaction, series, range)))
                    .orElseGet(RangeOutcome.Absent::new);
        });
    }

    private Deletion delete(Transaction transaction, Series series, TimeRange range) {
        SeriesKey key = series.key();
        int deleted = transaction
                .sql()
                .sql("DELETE FROM quote WHERE ticker = ? AND timeframe = ? AND ts BETWEEN ? AND ?")
                .params(key.ticker().symbol(), key.timeframe().code(), range.from(), range.to())
                .update();
        return deleted == 0
                ? new Deletion(0, series.revision())
                : new Deletion(
                        deleted,
                        repository
                                .shrunk(transaction, series, deleted, firstDeleted(series, range))
                                .revision());
    }

    private static long firstDeleted(Series series, TimeRange range) {
        Long first = series.first();
        return first == null ? range.from() : Math.max(first, range.from());
    }
}
