package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Dividend;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Reads and restores all series, splits and dividends, each as a whole. Safe for concurrent use. */
@Component
public class Archive {

    private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
    private static final BarQuery ALL_BARS =
            new BarQuery(TimeRange.ALL, SortOrder.ASC, Integer.MAX_VALUE, Adjustment.RAW);
    private static final int PROGRESS = 1_000_000;

    private final Storage storage;
    private final BulkImport bulkImport;
    private final Splits splits;
    private final Dividends dividends;

    Archive(Storage storage, BulkImport bulkImport, Splits splits, Dividends dividends) {
        this.storage = storage;
        this.bulkImport = bulkImport;
        this.splits = splits;
        this.dividends = dividends;
    }

    /** Takes the content of an archive. */
    public interface Receiver {

        /** Takes the corporate actions of a ticker that has some, before its bars. */
        void actions(Ticker ticker, Actions actions);

        /** Takes a bar. The bars come by series and start. */
        void bar(SeriesKey key, Bar bar);
    }

    /** The corporate actions of a ticker, each kind oldest first. */
    public record Actions(List<Split> splits, List<Dividend> dividends) {

        /** No splits and no dividends. */
        public static final Actions NONE = new Actions(List.of(), List.of());

        /** Keeps the lists as they are now. */
        public Actions {
            splits = List.copyOf(splits);
            dividends = List.copyOf(dividends);
        }
    }

    /**
     * Reads everything at one moment.
     *
     * @param receiver must not wait for a client: the snapshot is held until it has taken the last bar
     */
    public void read(Receiver receiver) {
        storage.read(transaction -> {
            long count = 0;
            for (Ticker ticker : tickers(transaction)) {
                Actions actions = new Actions(splits.read(transaction, ticker), dividends.read(transaction, ticker));
                if (!actions.equals(Actions.NONE)) {
                    receiver.actions(ticker, actions);
                }
                for (Series series : series(transaction, ticker)) {
                    Bars.each(transaction, series, ALL_BARS, stored -> receiver.bar(series.key(), stored.bar()));
                    count = progress(count, series.bars());
                }
            }
            return count;
        });
    }

    /**
     * Writes everything in one transaction, if the database has neither bars nor corporate actions. Revisions and
     * change numbers are larger than any that the archived database has given, so that no ETag means two things.
     *
     * @param bars by series and start
     * @return whether the database was empty; otherwise nothing was written
     */
    public boolean restore(Iterator<ParsedBar> bars, Map<Ticker, Actions> actions) {
        return storage.write(transaction -> {
            if (!tickers(transaction).isEmpty()) {
                transaction.undo();
                return false;
            }
            if (!isWritten(bulkImport.write(transaction, bars, ImportMode.INSERT, _ -> true))) {
                transaction.undo();
                return false;
            }
            actions.forEach((ticker, of) -> {
                of.splits().forEach(split -> splits.insert(transaction, ticker, split));
                of.dividends().forEach(dividend -> dividends.insert(transaction, ticker, dividend));
            });
            storage.skipRevisions(transaction);
            return true;
        });
    }

    /** In PostgreSQL another transaction may have inserted bars since the look at the tickers. */
    private static boolean isWritten(ImportOutcome outcome) {
        return switch (outcome) {
            case ImportOutcome.Done(List<ImportCounts> counts) ->
                counts.stream().allMatch(series -> series.refused().total() == 0);
            case ImportOutcome.ConditionFailed _ -> false;
        };
    }

    private static SortedSet<Ticker> tickers(Transaction transaction) {
        return new TreeSet<>(transaction
                .sql()
                .sql("SELECT ticker FROM ticker WHERE bars > 0 UNION SELECT ticker FROM split"
                        + " UNION SELECT ticker FROM dividend")
                .query((row, _) -> new Ticker(row.getString(1)))
                .list());
    }

    private static List<Series> series(Transaction transaction, Ticker ticker) {
        return transaction
                .sql()
                .sql("SELECT " + Rows.SERIES + " FROM ticker WHERE ticker = ? AND bars > 0 ORDER BY timeframe")
                .param(ticker.symbol())
                .query((row, _) -> Rows.series(row))
                .list();
    }

    private static long progress(long before, long bars) {
        long after = before + bars;
        if (after / PROGRESS > before / PROGRESS) {
            LOG.info("Archive: {} bars read", after);
        }
        return after;
    }
}
