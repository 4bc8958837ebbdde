package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Arrival;
import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks rows as they come and gathers good bars and faults. For one thread and one body. */
final class Collector implements RowSink {

    private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
    private static final int PROGRESS = 100_000;

    private final IntakeOptions options;
    private final BarRules rules;
    private final IntakeSettings limits;
    private final BarSpool bars;
    private final Map<String, Ticker> tickers = new HashMap<>();
    private final List<String> ignoredColumns = new ArrayList<>();
    private final FaultList faults = new FaultList();
    private long rows;
    private boolean rowSpoilt;
    private boolean fatal;

    Collector(IntakeOptions options, BarRules rules, IntakeSettings limits, BarSpool bars) {
        this.options = options;
        this.rules = rules;
        this.limits = limits;
        this.bars = bars;
    }

    Harvest harvest() {
        if (!bars.isAscending()) {
            bars.sorted(this::collision).forEachRemaining(_ -> {});
        }
        return new Harvest(bars, rows, faults.faults(fatal), ignoredColumns);
    }

    @Override
    public void row(Row row) {
        countRow();
        boolean good = !rowSpoilt;
        rowSpoilt = false;
        List<Violation> found = new ArrayList<>(0);
        Row complete = complete(row);
        Optional<Ticker> ticker = ticker(complete, found);
        Optional<Bar> bar = rules.check(complete, found);
        if (found.isEmpty() && good && ticker.isPresent() && bar.isPresent()) {
            keep(new SeriesKey(ticker.get(), options.timeframe()), bar.get(), complete, found);
        }
        found.forEach(faults::add);
        if (!found.isEmpty() || !good) {
            faults.countRow();
        }
    }

    @Override
    public void spoiltRow(Violation violation) {
        countRow();
        rowSpoilt = false;
        faults.add(violation);
        faults.countRow();
    }

    @Override
    public void spoiltField(Violation violation) {
        faults.add(violation);
        rowSpoilt = true;
    }

    @Override
    public void broken(Violation violation) {
        faults.add(violation);
        fatal = true;
    }

    @Override
    public void ignored(String column) {
        ignoredColumns.add(column);
    }

    private void countRow() {
        if (++rows > limits.maxRows()) {
            throw new TooManyRowsException(limits.maxRows() + " rows");
        }
        if (rows % PROGRESS == 0) {
            LOG.info("Import: {} rows read", rows);
        }
    }

    private Row complete(Row row) {
        if (options.start().isPresent()
                && row.cells().getOrDefault(Field.TIMESTAMP, "").isEmpty()) {
            row.cells()
                    .put(Field.TIMESTAMP, TimestampFormat.text(options.start().get()));
        }
        return row;
    }

    private Optional<Ticker> ticker(Row row, List<Violation> found) {
        String text = row.cells().get(Field.TICKER);
        if (text == null || text.isEmpty()) {
            if (options.ticker().isEmpty()) {
                found.add(Violation.at(row.place(), "ticker", "missing", null, Ticker.EXPECTED));
            }
            return options.ticker();
        }
        Optional<Ticker> ticker = Optional.ofNullable(tickers.get(text)).or(() -> Ticker.parse(text));
        if (ticker.isEmpty()) {
            found.add(Violation.at(row.place(), "ticker", "not-a-ticker", text, Ticker.EXPECTED));
        } else if (options.ticker().isPresent() && !options.ticker().equals(ticker)) {
            String expected = options.ticker().get() + " as in the path";
            found.add(Violation.at(row.place(), "ticker", "other-ticker", text, expected));
        } else if (tickers.size() < limits.maxTickers()) {
            tickers.put(text, ticker.get());
        }
        return ticker;
    }

    private void keep(SeriesKey key, Bar bar, Row row, List<Violation> found) {
        if (options.start().isPresent() && options.start().get() != bar.start()) {
            String timestamp = row.cells().get(Field.TIMESTAMP);
            String expected = TimestampFormat.text(options.start().get()) + " as in the path";
            found.add(Violation.at(row.place(), "timestamp", "other-timestamp", timestamp, expected));
            return;
        }
        bars.add(new Arrival(key, bar, row.place()));
        if (bars.seriesCount() > limits.maxTickers()) {
            throw new TooManyRowsException(limits.maxTickers() + " tickers");
        }
    }

    private void collision(Arrival later, Arrival earlier) {
        String timestamp = TimestampFormat.text(later.bar().start());
        String expected = "not the same as at " + earlier.place();
        faults.addLate(Violation.at(later.place(), "timestamp", "duplicate", timestamp, expected));
        faults.countRow();
    }
}
