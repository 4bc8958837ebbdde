package dev.tradingplatform.stock.quote;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import org.springframework.stereotype.Repository;

/** Writes many bars of many series, all or none. Safe for concurrent use. */
@Repository
public class BulkImport {

    private final Storage storage;
    private final Ledger ledger;

    BulkImport(Storage storage, Ledger ledger) {
        this.storage = storage;
        this.ledger = ledger;
    }

    /**
     * Writes bars in one transaction.
     *
     * @param bars no two of one series with the same start; taken in the map's order, so that writers that lock rows do
     *     not wait for each other in a circle
     * @param mode what to do about bars that are there
     * @param keep judges the counts before anything becomes visible; if false, nothing was written
     * @return what was done, or would have been
     */
    public List<ImportCounts> run(
            SortedMap<SeriesKey, List<Bar>> bars, ImportMode mode, Predicate<List<ImportCounts>> keep) {
        return storage.write(transaction -> {
            List<ImportCounts> counts = new ArrayList<>();
            for (Map.Entry<SeriesKey, List<Bar>> series : bars.entrySet()) {
                counts.add(write(transaction, series.getKey(), series.getValue(), mode));
            }
            if (!keep.test(counts)) {
                transaction.undo();
            }
            return counts;
        });
    }

    private ImportCounts write(Transaction transaction, SeriesKey key, List<Bar> bars, ImportMode mode) {
        List<Bar> sorted =
                bars.stream().sorted(Comparator.comparingLong(Bar::start)).toList();
        TimeRange touched =
                new TimeRange(sorted.getFirst().start(), sorted.getLast().start());
        Series series = ledger.lock(transaction, key);
        long before = count(transaction, key, touched);
        Upsert upsert = mode == ImportMode.UPSERT ? Upsert.REPLACING : Upsert.ADDING;
        boolean[] written = upsert.run(transaction, key, sorted, series.revision() + 1);
        List<Bar> untouched = untouched(sorted, written);
        long changed = (long) sorted.size() - untouched.size();
        long inserted = mode == ImportMode.UPSERT ? count(transaction, key, touched) - before : changed;
        long revision = changed == 0
                ? series.revision()
                : ledger.grown(transaction, series, inserted, touched).revision();
        List<Bar> refused = mode == ImportMode.INSERT ? untouched : List.of();
        return new ImportCounts(
                key, inserted, changed - inserted, untouched.size() - refused.size(), refused, revision);
    }

    private static List<Bar> untouched(List<Bar> bars, boolean[] written) {
        List<Bar> untouched = new ArrayList<>();
        for (int i = 0; i < written.length; i++) {
            if (!written[i]) {
                untouched.add(bars.get(i));
            }
        }
        return untouched;
    }

    private static long count(Transaction transaction, SeriesKey key, TimeRange range) {
        return transaction
                .sql()
                .sql("SELECT count(*) FROM quote WHERE ticker = ? AND timeframe = ? AND ts BETWEEN ? AND ?")
                .params(key.ticker().symbol(), key.timeframe().code(), range.from(), range.to())
                .query((row, _) -> row.getLong(1))
                .single();
    }
}
