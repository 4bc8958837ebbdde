package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.storage.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the bars of one series that is locked, batch by batch in the order of their starts. For one thread. */
final class SeriesImport {

    private static final int LISTED = 100;

    /** Exports round adjusted prices to cents. */
    private static final double SAME_PRICE = 0.005;

    private static final double OTHER_PRICE = 0.05;

    private final Transaction transaction;
    private final Series series;
    private final ImportMode mode;
    private final List<Split> splits;
    private final List<ParsedBar> refused = new ArrayList<>();
    private @Nullable TimeRange touched;
    private long firstChanged = Long.MAX_VALUE;
    private long received;
    private long changed;
    private long inserted;
    private long adjusted;

    SeriesImport(Transaction transaction, Series series, ImportMode mode) {
        this.transaction = transaction;
        this.series = series;
        this.mode = mode;
        this.splits = Splits.of(transaction, series.key().ticker());
    }

    void write(List<ParsedBar> batch) {
        adjusted += adjusted(batch);
        TimeRange range = new TimeRange(
                batch.getFirst().bar().start(), batch.getLast().bar().start());
        long before = count(range);
        Upsert upsert = mode == ImportMode.UPSERT ? Upsert.REPLACING : Upsert.ADDING;
        boolean[] written = upsert.run(
                transaction, series.key(), batch.stream().map(ParsedBar::bar).toList(), series.revision() + 1);
        long changedNow = 0;
        for (int i = 0; i < written.length; i++) {
            if (written[i]) {
                changedNow++;
                firstChanged = Math.min(firstChanged, batch.get(i).bar().start());
            } else if (mode == ImportMode.INSERT && refused.size() < LISTED) {
                refused.add(batch.get(i));
            }
        }
        boolean replaces = mode == ImportMode.UPSERT && before > 0;
        inserted += replaces ? count(range) - before : changedNow;
        changed += changedNow;
        received += batch.size();
        touched = touched == null ? range : new TimeRange(touched.from(), range.to());
    }

    /** Brings the series' row up to date. */
    ImportCounts finish(SeriesRepository repository) {
        TimeRange range = touched;
        long revision = changed == 0 || range == null
                ? series.revision()
                : repository
                        .grown(transaction, series, inserted, new TimeRange(firstChanged, range.to()))
                        .revision();
        long untouched = received - changed;
        ImportCounts.Refused conflicts =
                new ImportCounts.Refused(mode == ImportMode.INSERT ? untouched : 0, List.copyOf(refused));
        return new ImportCounts(
                series.key(),
                inserted,
                changed - inserted,
                untouched - conflicts.total(),
                conflicts,
                adjusted,
                revision);
    }

    /**
     * Counts the bars of a batch that are on the basis of the splits, where the stored bars are as they were traded.
     */
    private long adjusted(List<ParsedBar> batch) {
        Long newest = series.last();
        if (splits.isEmpty() || newest == null) {
            return 0;
        }
        AdjustedBasis basis = new AdjustedBasis(series.key(), splits, List.of(), newest);
        Map<Long, Bar> imported = new HashMap<>();
        batch.forEach(parsed -> imported.put(parsed.bar().start(), parsed.bar()));
        TimeRange range = new TimeRange(
                batch.getFirst().bar().start(), batch.getLast().bar().start());
        long[] found = {0};
        BarQuery raw = new BarQuery(range, SortOrder.ASC, Integer.MAX_VALUE, Adjustment.RAW);
        Bars.each(transaction, series, raw, stored -> {
            Bar bar = imported.get(stored.bar().start());
            if (bar != null && isOnBasis(basis, stored, bar)) {
                found[0]++;
            }
        });
        return found[0];
    }

    private static boolean isOnBasis(AdjustedBasis basis, StoredBar stored, Bar imported) {
        double raw = stored.bar().close().toBigDecimal().doubleValue();
        double onBasis;
        try {
            onBasis = basis.apply(stored).bar().close().toBigDecimal().doubleValue();
        } catch (AdjustmentOutOfRangeException _) {
            return false;
        }
        double close = imported.close().toBigDecimal().doubleValue();
        return Math.abs(close - onBasis) <= Math.abs(onBasis) * SAME_PRICE
                && Math.abs(close - raw) > Math.abs(raw) * OTHER_PRICE;
    }

    private long count(TimeRange range) {
        Long last = series.last();
        if (last == null || last < range.from()) {
            return 0;
        }
        return transaction
                .sql()
                .sql("SELECT count(*) FROM quote WHERE ticker = ? AND timeframe = ? AND ts BETWEEN ? AND ?")
                .params(series.key().ticker().symbol(), series.key().timeframe().code(), range.from(), range.to())
                .query((row, _) -> row.getLong(1))
                .single();
    }
}
