package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks rows as they come and gathers good bars and faults. For one thread and one body. */
final class Collector implements RowSink {

    private static final int LISTED = 100;

    private final IntakeOptions options;
    private final BarRules rules;
    private final int maxRows;
    private final SortedMap<SeriesKey, List<Bar>> bars = new TreeMap<>();
    private final Map<SeriesKey, Map<Long, Place>> places = new HashMap<>();
    private final List<String> ignoredColumns = new ArrayList<>();
    private final List<Violation> listed = new ArrayList<>();
    private long violations;
    private long spoiltRows;
    private long rows;
    private boolean rowSpoilt;
    private boolean fatal;

    Collector(IntakeOptions options, BarRules rules, int maxRows) {
        this.options = options;
        this.rules = rules;
        this.maxRows = maxRows;
    }

    Harvest harvest() {
        return new Harvest(
                bars, places, new Harvest.Faults(listed, violations, spoiltRows, fatal), List.copyOf(ignoredColumns));
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
        found.forEach(this::list);
        if (!found.isEmpty() || !good) {
            spoiltRows++;
        }
    }

    @Override
    public void spoiltRow(Violation violation) {
        countRow();
        list(violation);
        spoiltRows++;
    }

    @Override
    public void spoiltField(Violation violation) {
        list(violation);
        rowSpoilt = true;
    }

    @Override
    public void broken(Violation violation) {
        list(violation);
        fatal = true;
    }

    @Override
    public void ignored(String column) {
        ignoredColumns.add(column);
    }

    private void countRow() {
        if (++rows > maxRows) {
            throw new TooManyRowsException(maxRows);
        }
    }

    private void list(Violation violation) {
        violations++;
        if (listed.size() < LISTED) {
            listed.add(violation);
        }
    }

    private Row complete(Row row) {
        options.start().ifPresent(start -> row.cells().putIfAbsent(Field.TIMESTAMP, TimestampFormat.text(start)));
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
        Optional<Ticker> ticker = Ticker.parse(text);
        if (ticker.isEmpty()) {
            found.add(Violation.at(row.place(), "ticker", "not-a-ticker", text, Ticker.EXPECTED));
        } else if (options.ticker().isPresent() && !options.ticker().equals(ticker)) {
            String expected = options.ticker().get() + " as in the path";
            found.add(Violation.at(row.place(), "ticker", "other-ticker", text, expected));
        }
        return ticker;
    }

    private void keep(SeriesKey key, Bar bar, Row row, List<Violation> found) {
        String timestamp = row.cells().get(Field.TIMESTAMP);
        if (options.start().isPresent() && options.start().get() != bar.start()) {
            String expected = TimestampFormat.text(options.start().get()) + " as in the path";
            found.add(Violation.at(row.place(), "timestamp", "other-timestamp", timestamp, expected));
            return;
        }
        Place earlier = places.computeIfAbsent(key, _ -> new HashMap<>()).putIfAbsent(bar.start(), row.place());
        if (earlier != null) {
            found.add(Violation.at(row.place(), "timestamp", "duplicate", timestamp, "not the same as at " + earlier));
            return;
        }
        bars.computeIfAbsent(key, _ -> new ArrayList<>()).add(bar);
    }
}
