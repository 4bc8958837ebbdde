package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into bars as soon as it is certain how their dates and numbers are written. For one body and one thread.
 */
final class RowParser {

    private final ImportOptions options;
    private final TimestampParser timestamps;
    private final Optional<DecimalSign> sign;
    private final int maxTickers;
    private final long latest;

    private final Map<String, Ticker> tickers = new HashMap<>();
    private List<Violation> violations = List.of();
    private boolean rounded;
    private @Nullable String dateFormat;

    /**
     * Begins a body.
     *
     * @param sign decimal sign of CSV; absent for JSON, whose numbers have one form
     * @param maxTickers how many tickers are remembered
     * @param latest epoch second after which no bar may start
     */
    RowParser(
            ImportOptions options,
            TimestampParser timestamps,
            Optional<DecimalSign> sign,
            int maxTickers,
            long latest) {
        this.options = options;
        this.timestamps = timestamps;
        this.sign = sign;
        this.maxTickers = maxTickers;
        this.latest = latest;
    }

    /** What a row contains. */
    sealed interface Result {

        /**
         * The row is a bar.
         *
         * @param rounded whether a number has more digits than are stored
         * @param adjustedClose if the row has one that is a number
         */
        record Accepted(ParsedBar bar, boolean rounded, Optional<Decimal> adjustedClose) implements Result {}

        /** The row has at least one fault. */
        record Refused(List<Violation> violations) implements Result {}
    }

    Result parse(Row row) {
        violations = new ArrayList<>(0);
        rounded = false;
        Optional<Ticker> ticker = ticker(row);
        Bar bar = bar(row);
        return violations.isEmpty() && ticker.isPresent() && bar != null
                ? new Result.Accepted(
                        new ParsedBar(new SeriesKey(ticker.get(), options.timeframe()), bar, row.location()),
                        rounded,
                        adjustedClose(row))
                : new Result.Refused(violations);
    }

    /** Returns the format of the first timestamp that could be read. */
    @Nullable
    String dateFormat() {
        return dateFormat;
    }

    private Optional<Ticker> ticker(Row row) {
        String text = row.text(Column.TICKER);
        if (text.isEmpty()) {
            if (options.ticker().isEmpty()) {
                violations.add(Violation.at(row.location(), "ticker", "missing", null, Ticker.EXPECTED));
            }
            return options.ticker();
        }
        Optional<Ticker> ticker = Optional.ofNullable(tickers.get(text)).or(() -> Ticker.parse(text));
        if (ticker.isEmpty()) {
            refuse(row, Column.TICKER, "not-a-ticker", Ticker.EXPECTED);
        } else if (options.ticker().isPresent() && !options.ticker().equals(ticker)) {
            refuse(row, Column.TICKER, "other-ticker", options.ticker().get() + " as in the path");
        } else if (tickers.size() < maxTickers) {
            tickers.put(text, ticker.get());
        }
        return ticker;
    }

    private @Nullable Bar bar(Row row) {
        Long start = start(row);
        Decimal open = number(row, Column.OPEN, Decimal::parse);
        Decimal high = number(row, Column.HIGH, Decimal::parse);
        Decimal low = number(row, Column.LOW, Decimal::parse);
        Decimal close = number(row, Column.CLOSE, Decimal::parse);
        Decimal volume = number(row, Column.VOLUME, Decimal::parseVolume);
        if (open == null || high == null || low == null || close == null) {
            return null;
        }
        compare(row, Column.HIGH, high.compareTo(low) < 0, "below", Column.LOW, low);
        compare(row, Column.HIGH, high.compareTo(open) < 0, "below", Column.OPEN, open);
        compare(row, Column.HIGH, high.compareTo(close) < 0, "below", Column.CLOSE, close);
        compare(row, Column.LOW, low.compareTo(open) > 0, "above", Column.OPEN, open);
        compare(row, Column.LOW, low.compareTo(close) > 0, "above", Column.CLOSE, close);
        if (start == null || volume == null || !violations.isEmpty()) {
            return null;
        }
        Bar exact = new Bar(start, open, high, low, close, volume);
        Bar bar = exact.withCommonScale();
        rounded |= !bar.equals(exact);
        return bar;
    }

    private @Nullable Long start(Row row) {
        Optional<Long> addressed = options.start();
        if (addressed.isPresent() && row.text(Column.TIMESTAMP).isEmpty()) {
            return addressed.get();
        }
        Long start = cell(row, Column.TIMESTAMP, text -> timestamps.parse(text, row.text(Column.TIME)));
        if (start == null) {
            return null;
        }
        if (start > latest) {
            refuse(row, Column.TIMESTAMP, "in-the-future", "not more than a day from now");
        }
        if (addressed.isPresent() && !addressed.get().equals(start)) {
            String expected = TimestampFormat.text(addressed.get()) + " as in the path";
            refuse(row, Column.TIMESTAMP, "other-timestamp", expected);
        }
        if (dateFormat == null) {
            dateFormat = timestamps.format(row.text(Column.TIMESTAMP), row.text(Column.TIME));
        }
        return start;
    }

    private Optional<Decimal> adjustedClose(Row row) {
        String text = row.text(Column.ADJUSTED_CLOSE);
        return !text.isEmpty() && number(text, Decimal::parse) instanceof Parsed.Good<Decimal>(Decimal value, boolean _)
                ? Optional.of(value)
                : Optional.empty();
    }

    private @Nullable Decimal number(Row row, Column column, Function<String, Parsed<Decimal>> parser) {
        return cell(row, column, text -> number(text, parser));
    }

    /** Reads plain numbers at once, and others after the signs of the dialect were replaced. */
    private Parsed<Decimal> number(String text, Function<String, Parsed<Decimal>> parser) {
        if (sign.isEmpty()) {
            return parser.apply(text);
        }
        if (sign.get() == DecimalSign.COMMA) {
            return parser.apply(sign.get().plain(text));
        }
        Parsed<Decimal> parsed = parser.apply(text);
        if (parsed instanceof Parsed.Good<Decimal>) {
            return parsed;
        }
        String plain = sign.get().plain(text);
        return plain.equals(text) ? parsed : parser.apply(plain);
    }

    private void compare(
            Row row, Column column, boolean contradicts, String relation, Column other, Decimal otherPrice) {
        if (contradicts) {
            String code = column.label() + "-" + relation + "-" + other.label();
            String bound = relation.equals("below") ? "at least " : "at most ";
            refuse(row, column, code, bound + other.label() + " " + otherPrice);
        }
    }

    private <T> @Nullable T cell(Row row, Column column, Function<String, Parsed<T>> parser) {
        String text = row.text(column);
        if (text.isEmpty()) {
            violations.add(Violation.at(row.location(), column.label(), "missing", null, "a value"));
            return null;
        }
        return switch (parser.apply(text)) {
            case Parsed.Good<T>(T value, boolean exact) -> {
                rounded |= !exact;
                yield value;
            }
            case Parsed.Bad<T>(String code, String expected) -> {
                refuse(row, column, code, expected);
                yield null;
            }
        };
    }

    private void refuse(Row row, Column column, String code, String expected) {
        violations.add(Violation.at(row.location(), column.label(), code, row.text(column), expected));
    }
}
