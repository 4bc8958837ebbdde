package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.Price;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.bar.Volume;
import dev.tradingplatform.stock.importing.TimestampParser.DateOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    private final Map<String, Ticker> tickers = new HashMap<>();
    private final ViolationList faults = new ViolationList();
    private final ViolationList droppedRows = new ViolationList();
    private final List<Runnable> waiting = new ArrayList<>();
    private final DecimalEvidence numbers = new DecimalEvidence();
    private @Nullable CsvHeader header;
    private char separator = ',';
    private @Nullable DateOrder dateOrder;
    private @Nullable Row ambiguousDate;
    private @Nullable DecimalSign decimal;
    private @Nullable TimestampParser timestamps;
    private @Nullable String dateFormat;
    private @Nullable ParsedBar first;
    private @Nullable ParsedBar last;
    private boolean decided;
    private boolean rowIsBad;
    private boolean broken;
    private long received;
    private long badRows;
    private long duplicates;

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
                new ImportResult.Rows(received, droppedRows.total(), droppedRows.listed(), duplicates),
                new ImportResult.Faults(faults.listed(), faults.total(), badRows, broken),
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
                dateFormat,
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
        timestamps = new TimestampParser(options.timeframe(), options.hints(), Optional.ofNullable(dateOrder));
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
        if (broken) {
            return;
        }
        if (good && options.start().isEmpty() && row.isWithoutPrices()) {
            droppedRows.add(
                    Violation.of(row.location(), "row", "no-prices", row.text(Column.TIMESTAMP), "a row with prices"));
            return;
        }
        List<Violation> found = new ArrayList<>(0);
        if (options.start().isPresent() && row.text(Column.TIMESTAMP).isEmpty()) {
            row.set(Column.TIMESTAMP, TimestampFormat.text(options.start().get()));
        }
        Optional<Ticker> ticker = ticker(row, found);
        Bar bar = bar(row, found);
        if (found.isEmpty() && good && ticker.isPresent() && bar != null) {
            keep(new SeriesKey(ticker.get(), options.timeframe()), bar, row, found);
        }
        found.forEach(faults::add);
        if (!found.isEmpty() || !good) {
            badRows++;
        }
    }

    private Optional<Ticker> ticker(Row row, List<Violation> found) {
        String text = row.text(Column.TICKER);
        if (text.isEmpty()) {
            if (options.ticker().isEmpty()) {
                found.add(Violation.at(row.location(), "ticker", "missing", null, Ticker.EXPECTED));
            }
            return options.ticker();
        }
        Optional<Ticker> ticker = Optional.ofNullable(tickers.get(text)).or(() -> Ticker.parse(text));
        if (ticker.isEmpty()) {
            found.add(violation(row, Column.TICKER, "not-a-ticker", Ticker.EXPECTED));
        } else if (options.ticker().isPresent() && !options.ticker().equals(ticker)) {
            found.add(violation(
                    row, Column.TICKER, "other-ticker", options.ticker().get() + " as in the path"));
        } else if (tickers.size() < limits.maxTickers()) {
            tickers.put(text, ticker.get());
        }
        return ticker;
    }

    private @Nullable Bar bar(Row row, List<Violation> found) {
        int before = found.size();
        TimestampParser parser = timestamps;
        Long start = parser == null
                ? null
                : cell(row, Column.TIMESTAMP, found, text -> parser.parse(text, row.text(Column.TIME)));
        if (start != null && start > latest) {
            found.add(violation(row, Column.TIMESTAMP, "in-the-future", "not more than a day from now"));
        }
        if (start != null && parser != null && dateFormat == null) {
            dateFormat = parser.format(row.text(Column.TIMESTAMP), row.text(Column.TIME));
        }
        Long open = cell(row, Column.OPEN, found, text -> number(text, Price::parse));
        Long high = cell(row, Column.HIGH, found, text -> number(text, Price::parse));
        Long low = cell(row, Column.LOW, found, text -> number(text, Price::parse));
        Long close = cell(row, Column.CLOSE, found, text -> number(text, Price::parse));
        Double volume = cell(row, Column.VOLUME, found, text -> number(text, Volume::parse));
        if (open == null || high == null || low == null || close == null) {
            return null;
        }
        contradictions(row, new Prices(open, high, low, close), found);
        return start == null || volume == null || found.size() > before
                ? null
                : new Bar(start, open, high, low, close, volume);
    }

    /** Reads plain numbers at once, and others after the signs of the dialect were replaced. */
    private <T> Parsed<T> number(String text, Function<String, Parsed<T>> parser) {
        DecimalSign sign = decimal;
        if (sign == DecimalSign.COMMA) {
            return parser.apply(sign.plain(text));
        }
        Parsed<T> parsed = parser.apply(text);
        if (parsed instanceof Parsed.Good<T> || sign == null || format != ImportFormat.CSV) {
            return parsed;
        }
        String plain = sign.plain(text);
        return plain.equals(text) ? parsed : parser.apply(plain);
    }

    private static void contradictions(Row row, Prices prices, List<Violation> found) {
        if (prices.high() < prices.low()) {
            found.add(violation(row, Column.HIGH, "high-below-low", "at least low " + Price.text(prices.low())));
        }
        if (prices.high() < prices.open()) {
            found.add(violation(row, Column.HIGH, "high-below-open", "at least open " + Price.text(prices.open())));
        }
        if (prices.high() < prices.close()) {
            found.add(violation(row, Column.HIGH, "high-below-close", "at least close " + Price.text(prices.close())));
        }
        if (prices.low() > prices.open()) {
            found.add(violation(row, Column.LOW, "low-above-open", "at most open " + Price.text(prices.open())));
        }
        if (prices.low() > prices.close()) {
            found.add(violation(row, Column.LOW, "low-above-close", "at most close " + Price.text(prices.close())));
        }
    }

    private static <T> @Nullable T cell(
            Row row, Column column, List<Violation> found, Function<String, Parsed<T>> parser) {
        String text = row.text(column);
        if (text.isEmpty()) {
            found.add(Violation.at(row.location(), column.label(), "missing", null, "a value"));
            return null;
        }
        return switch (parser.apply(text)) {
            case Parsed.Good<T>(T value) -> value;
            case Parsed.Bad<T>(String code, String expected) -> {
                found.add(violation(row, column, code, expected));
                yield null;
            }
        };
    }

    private static Violation violation(Row row, Column column, String code, String expected) {
        return Violation.at(row.location(), column.label(), code, row.text(column), expected);
    }

    private void keep(SeriesKey key, Bar bar, Row row, List<Violation> found) {
        if (options.start().isPresent() && options.start().get() != bar.start()) {
            String expected = TimestampFormat.text(options.start().get()) + " as in the path";
            found.add(violation(row, Column.TIMESTAMP, "other-timestamp", expected));
            return;
        }
        ParsedBar parsed = new ParsedBar(key, bar, row.location());
        bars.add(parsed);
        if (bars.seriesCount() > limits.maxTickers()) {
            throw new TooManyRowsException(limits.maxTickers() + " tickers");
        }
        ParsedBar oldest = first;
        ParsedBar newest = last;
        boolean replaces = options.onDuplicate() == DuplicatePolicy.LAST;
        if (oldest == null || bar.start() < oldest.bar().start() + (replaces ? 1 : 0)) {
            first = parsed;
        }
        if (newest == null || bar.start() > newest.bar().start() - (replaces ? 1 : 0)) {
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

    private record Prices(long open, long high, long low, long close) {}
}
