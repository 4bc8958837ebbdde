package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.importing.TimestampParser.DateOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the rows of a body into bars, and finds everything that is wrong with them. Rows wait until it is certain how
 * their dates and numbers are to be read: usually the first row tells. For one body and one thread.
 */
final class ImportCollector {

    /** Rows that may wait for one that tells which number of a date is the month. */
    static final int DATE_LOOKAHEAD = 20_000;

    /** Rows that may wait for one that tells the decimal sign. */
    private static final int NUMBER_LOOKAHEAD = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(ImportCollector.class);
    private static final int PROGRESS = 100_000;

    private final ImportFormat format;
    private final ImportOptions options;
    private final ImportSettings limits;
    private final BarSpool bars;
    private final long latest;

    private final ViolationList faults = new ViolationList();
    private final ViolationList droppedRows = new ViolationList();
    private final PriceWarnings warnings = new PriceWarnings();
    private final AdjustedCloses adjustedCloses = new AdjustedCloses();
    private final List<Runnable> waiting = new ArrayList<>();
    private final DecimalEvidence numbers = new DecimalEvidence();
    private @Nullable CsvHeader header;
    private char separator = ',';
    private @Nullable DateOrder dateOrder;
    private @Nullable Row ambiguousDate;
    private @Nullable DecimalSign decimal;
    private @Nullable RowParser parser;
    private @Nullable ParsedBar first;
    private @Nullable ParsedBar last;
    private boolean decided;
    private boolean rowIsBad;
    private boolean broken;
    private long received;
    private long badRows;
    private long duplicates;
    private long rounded;

    /**
     * Begins a body.
     *
     * @param latest epoch second after which no bar may start
     */
    ImportCollector(ImportFormat format, ImportOptions options, ImportSettings limits, BarSpool bars, long latest) {
        this.format = format;
        this.options = options;
        this.limits = limits;
        this.bars = bars;
        this.latest = latest;
        this.decimal = format == ImportFormat.CSV ? options.hints().decimal().orElse(null) : DecimalSign.POINT;
    }

    ImportOptions options() {
        return options;
    }

    boolean isBroken() {
        return broken;
    }

    /** Adds what is known of a CSV file when its header line was read. */
    void csv(char fieldSeparator, CsvHeader columns) {
        separator = fieldSeparator;
        header = columns;
    }

    /** Adds a row. Its values may be wrong. */
    void row(Row row) {
        countRow();
        if (decided) {
            read(row);
            return;
        }
        look(row);
        waiting.add(() -> read(row));
        if (isCertain()) {
            decide();
        }
    }

    /** Adds the violation of a row that cannot be split into values. */
    void badRow(Violation violation) {
        countRow();
        inOrder(() -> {
            rowIsBad = false;
            badRows++;
            faults.add(violation);
        });
    }

    /** Adds what is wrong with a field that is not a bar's, of the row that comes next. */
    void badField(Violation violation) {
        inOrder(() -> {
            faults.add(violation);
            rowIsBad = true;
        });
    }

    /** Adds what is no row of the table, such as a title or a disclaimer. */
    void dropped(Violation reason) {
        inOrder(() -> droppedRows.add(reason));
    }

    /** Adds a fault after which nothing of the body can be trusted: rows that follow are counted and not read. */
    void fatal(Violation violation) {
        decide();
        faults.add(violation);
        broken = true;
    }

    ImportResult result() {
        decide();
        if (!bars.isAscending()) {
            bars.sorted(this::collision).forEachRemaining(_ -> {});
        }
        ParsedBar from = first;
        ParsedBar to = last;
        return new ImportResult(
                bars,
                new ImportResult.Rows(received, droppedRows.total(), droppedRows.listed(), duplicates, rounded),
                new ImportResult.Faults(faults.listed(), faults.total(), badRows, broken),
                warnings.list(),
                adjustedCloses.implied(),
                detected(),
                from == null || to == null ? Optional.empty() : Optional.of(new ImportResult.Range(from, to)));
    }

    private ImportResult.Detected detected() {
        CsvHeader columns = header;
        return new ImportResult.Detected(
                format.name().toLowerCase(Locale.ROOT),
                columns == null ? null : String.valueOf(separator),
                columns == null || decimal == null ? null : String.valueOf(decimal.character()),
                columns == null ? null : columns.used(),
                columns == null ? List.of() : columns.ignored(),
                parser == null ? null : parser.dateFormat(),
                options.hints().zone().map(Object::toString).orElse(null));
    }

    private void countRow() {
        if (++received > limits.maxRows()) {
            throw new TooManyRowsException(limits.maxRows() + " rows");
        }
        if (received % PROGRESS == 0) {
            LOG.info("Import: {} rows read", received);
        }
    }

    private void inOrder(Runnable call) {
        if (decided) {
            call.run();
        } else {
            waiting.add(call);
        }
    }

    /** Looks at a row for what its values tell of the rows before and after it. */
    private void look(Row row) {
        if (dateOrder == null && options.hints().dateFormat().isEmpty()) {
            TimestampParser.order(row.text(Column.TIMESTAMP)).ifPresent(order -> {
                switch (order) {
                    case DAY_FIRST -> dateOrder = DateOrder.DAY_FIRST;
                    case MONTH_FIRST -> dateOrder = DateOrder.MONTH_FIRST;
                    case EITHER -> ambiguousDate = ambiguousDate == null ? row : ambiguousDate;
                }
            });
        }
        if (decimal == null) {
            numbers.look(row);
        }
    }

    private boolean isCertain() {
        boolean dates = dateOrder != null || ambiguousDate == null || waiting.size() >= DATE_LOOKAHEAD;
        return dates && (decimal != null || numbers.isCertain() || waiting.size() >= NUMBER_LOOKAHEAD);
    }

    private void decide() {
        if (decided) {
            return;
        }
        decided = true;
        if (decimal == null) {
            decimal = numbers.decide(separator).orElse(null);
        }
        parser = new RowParser(
                options,
                new TimestampParser(options.timeframe(), options.hints(), Optional.ofNullable(dateOrder)),
                format == ImportFormat.CSV ? Optional.ofNullable(decimal) : Optional.empty(),
                limits.maxTickers(),
                latest);
        Row ambiguous = ambiguousDate;
        if (ambiguous != null && dateOrder == null) {
            String text = ambiguous.text(Column.TIMESTAMP);
            refuse(Violation.at(
                    ambiguous.location(), "timestamp", "ambiguous-date", text, TimestampParser.readings(text)));
        }
        if (decimal == null) {
            numbers.ambiguous().ifPresent(this::refuse);
        }
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    private void refuse(Violation violation) {
        waiting.clear();
        faults.add(violation);
        broken = true;
    }

    private void read(Row row) {
        boolean good = !rowIsBad;
        rowIsBad = false;
        RowParser rows = parser;
        if (broken || rows == null) {
            return;
        }
        if (good && options.start().isEmpty() && row.isWithoutPrices()) {
            droppedRows.add(
                    Violation.of(row.location(), "row", "no-prices", row.text(Column.TIMESTAMP), "a row with prices"));
            return;
        }
        switch (rows.parse(row)) {
            case RowParser.Result.Accepted accepted when good -> keep(accepted);
            case RowParser.Result.Accepted _ -> badRows++;
            case RowParser.Result.Refused(List<Violation> violations) -> {
                violations.forEach(faults::add);
                badRows++;
            }
        }
    }

    private void keep(RowParser.Result.Accepted accepted) {
        ParsedBar parsed = accepted.bar();
        bars.add(parsed);
        if (bars.seriesCount() > limits.maxTickers()) {
            throw new TooManyRowsException(limits.maxTickers() + " tickers");
        }
        rounded += accepted.rounded() ? 1 : 0;
        warnings.look(parsed);
        adjustedCloses.look(parsed, accepted.adjustedClose());
        long start = parsed.bar().start();
        ParsedBar oldest = first;
        ParsedBar newest = last;
        boolean replaces = options.onDuplicate() == DuplicatePolicy.LAST;
        if (oldest == null || start < oldest.bar().start() + (replaces ? 1 : 0)) {
            first = parsed;
        }
        if (newest == null || start > newest.bar().start() - (replaces ? 1 : 0)) {
            last = parsed;
        }
    }

    private void collision(ParsedBar later, ParsedBar earlier) {
        if (options.onDuplicate() != DuplicatePolicy.REJECT || later.bar().equals(earlier.bar())) {
            duplicates++;
            return;
        }
        SourceLocation location = later.location();
        String timestamp = TimestampFormat.text(later.bar().start());
        String timeframe = options.timeframe().startsAtMidnight() ? "; timeframe, if these are bars within a day" : "";
        String expected = "the values of " + earlier.location()
                + ", or the parameter onDuplicate=last or onDuplicate=first" + timeframe;
        faults.addInOrder(Violation.at(location, "timestamp", "duplicate", timestamp, expected));
        badRows++;
    }
}
