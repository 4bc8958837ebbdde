package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Repository;

/**
 * Numbers the changes of series in the order of their commits, over all replicas: a transaction takes its numbers as
 * its last step, and the row that it takes them from stays locked until its commit. So a reader that has seen a number
 * has seen all smaller ones. Safe for concurrent use.
 */
@Repository
@EnableConfigurationProperties(ChangeSettings.class)
public class ChangeLog {

    private static final String SERIES = "t.ticker, t.timeframe, t.revision, t.bars, t.first_ts, t.last_ts";

    private final Storage storage;
    private final ChangeSettings settings;

    ChangeLog(Storage storage, ChangeSettings settings) {
        this.storage = storage;
        this.settings = settings;
    }

    /**
     * Changes after a number.
     *
     * @param changes in the order of their numbers, at most one for each series
     * @param last number of the last change of all
     */
    public record Page(List<Change> changes, long last) {

        /** Keeps the list as it is now. */
        public Page {
            changes = List.copyOf(changes);
        }
    }

    /** Returns the number of the last change, and 0 if there was none. */
    public long last() {
        return storage.read(ChangeLog::last);
    }

    /**
     * Returns the series that changed after a number. A series that changed several times is returned once, with its
     * last number.
     *
     * @param after 0 or more
     * @param limit maximum number of changes
     */
    public Page after(long after, int limit) {
        return storage.read(transaction -> {
            long last = last(transaction);
            long removedTo = transaction
                    .sql()
                    .sql("SELECT removed_to FROM feed")
                    .query((row, _) -> row.getLong(1))
                    .single();
            List<Change> changes = transaction
                    .sql()
                    .sql("SELECT " + SERIES + ", t.change_number, (SELECT min(c.first_ts) FROM change c"
                            + " WHERE c.ticker = t.ticker AND c.timeframe = t.timeframe AND c.number > ?)"
                            + " FROM ticker t WHERE t.change_number > ? ORDER BY t.change_number LIMIT ?")
                    .params(after, after, limit)
                    .query((row, _) -> change(row, after >= removedTo))
                    .list();
            return new Page(changes, last);
        });
    }

    /** Adds a change to a transaction. Of several changes of a series, one number is given for all. */
    void add(Transaction transaction, SeriesKey key, long firstChanged) {
        transaction
                .completion(Pending.class, () -> new Pending(settings.keep()))
                .add(key, firstChanged);
    }

    private static long last(Transaction transaction) {
        return transaction
                .sql()
                .sql("SELECT last_number FROM feed")
                .query((row, _) -> row.getLong(1))
                .single();
    }

    private static Change change(ResultSet row, boolean complete) throws SQLException {
        long first = row.getLong(8);
        boolean known = complete && !row.wasNull();
        return new Change(row.getLong(7), Rows.series(row), known ? OptionalLong.of(first) : OptionalLong.empty());
    }

    /** The changes of one transaction. */
    private static final class Pending implements Transaction.Completion {

        /** Old rows are removed when there are this many per cent more than are kept. */
        private static final long SLACK = 100;

        private final int keep;
        private final Map<SeriesKey, Long> firstChanged = new LinkedHashMap<>();

        Pending(int keep) {
            this.keep = keep;
        }

        void add(SeriesKey key, long first) {
            firstChanged.merge(key, first, Math::min);
        }

        @Override
        public void beforeCommit(Transaction transaction) {
            long[] feed = transaction
                    .sql()
                    .sql("UPDATE feed SET last_number = last_number + ? RETURNING last_number, removed_to")
                    .param(firstChanged.size())
                    .query((row, _) -> new long[] {row.getLong(1), row.getLong(2)})
                    .single();
            insert(transaction, feed[0] - firstChanged.size());
            long removable = feed[0] - keep;
            if (removable > feed[1] + keep / SLACK) {
                transaction
                        .sql()
                        .sql("DELETE FROM change WHERE number <= ?")
                        .param(removable)
                        .update();
                transaction
                        .sql()
                        .sql("UPDATE feed SET removed_to = ?")
                        .param(removable)
                        .update();
            }
        }

        private void insert(Transaction transaction, long before) {
            List<Object[]> changes = new ArrayList<>();
            List<Object[]> series = new ArrayList<>();
            long number = before;
            for (Map.Entry<SeriesKey, Long> change : firstChanged.entrySet()) {
                number++;
                String ticker = change.getKey().ticker().symbol();
                String timeframe = change.getKey().timeframe().code();
                changes.add(new Object[] {number, ticker, timeframe, change.getValue()});
                series.add(new Object[] {number, ticker, timeframe});
            }
            transaction
                    .batches()
                    .batchUpdate(
                            "INSERT INTO change (number, ticker, timeframe, first_ts) VALUES (?, ?, ?, ?)", changes);
            transaction
                    .batches()
                    .batchUpdate("UPDATE ticker SET change_number = ? WHERE ticker = ? AND timeframe = ?", series);
        }
    }
}
