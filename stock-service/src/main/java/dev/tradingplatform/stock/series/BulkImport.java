package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Repository;

/** Writes many bars of many series, all or none. Safe for concurrent use. */
@Repository
public class BulkImport {

    private static final Logger LOG = LoggerFactory.getLogger(BulkImport.class);
    private static final long PROGRESS = 100_000;

    private final Storage storage;
    private final SeriesRepository repository;

    BulkImport(Storage storage, SeriesRepository repository) {
        this.storage = storage;
        this.repository = repository;
    }

    /**
     * Writes bars in one transaction.
     *
     * @param bars by series and start, no two of one series with the same start; the order of the series is that of
     *     every writer, so that writers that lock rows do not wait for each other in a circle
     * @param mode what to do about bars that are there
     * @param condition on each series at the moment of writing, if it has bars
     * @param keep judges the counts before anything becomes visible; if false, nothing was written
     */
    public ImportOutcome run(
            Iterator<ParsedBar> bars,
            ImportMode mode,
            Predicate<Optional<Series>> condition,
            Predicate<List<ImportCounts>> keep) {
        return storage.write(transaction -> {
            ImportOutcome outcome = write(transaction, bars, mode, condition);
            if (!(outcome instanceof ImportOutcome.Done(List<ImportCounts> counts)) || !keep.test(counts)) {
                transaction.undo();
            }
            return outcome;
        });
    }

    ImportOutcome write(
            Transaction transaction, Iterator<ParsedBar> bars, ImportMode mode, Predicate<Optional<Series>> condition) {
        List<ImportCounts> counts = new ArrayList<>();
        Batches batches = new Batches(bars, Upsert.BATCH);
        List<ParsedBar> batch = batches.hasNext() ? batches.next() : List.of();
        long written = 0;
        while (!batch.isEmpty()) {
            SeriesKey key = batch.getFirst().key();
            Series locked = repository.lock(transaction, key);
            if (!condition.test(Optional.of(locked).filter(Series::isKnown))) {
                return new ImportOutcome.ConditionFailed();
            }
            SeriesImport series = new SeriesImport(transaction, locked, mode);
            while (!batch.isEmpty() && batch.getFirst().key().equals(key)) {
                series.write(batch);
                written = progress(written, batch.size());
                batch = batches.hasNext() ? batches.next() : List.of();
            }
            counts.add(series.finish(repository));
        }
        return new ImportOutcome.Done(counts);
    }

    private static long progress(long before, int batch) {
        long after = before + batch;
        if (after / PROGRESS > before / PROGRESS) {
            LOG.info("Import: {} rows written, not yet committed", after);
        }
        return after;
    }
}
