package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.Price;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.bar.Volume;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into bars, and finds everything that is wrong with one, not only the first thing.
 *
 * @param timeframe of all rows
 * @param format of their timestamps
 * @param latest epoch second after which no bar may start
 */
record BarRules(Timeframe timeframe, TimestampFormat format, long latest) {

    /**
     * Reads a row.
     *
     * @param violations takes what is wrong
     * @return the bar, if nothing is
     */
    Optional<Bar> check(Row row, List<Violation> violations) {
        int before = violations.size();
        Long start = cell(row, Field.TIMESTAMP, violations, text -> format.parse(text, timeframe));
        if (start != null && start > latest) {
            violations.add(violation(row, Field.TIMESTAMP, "in-the-future", "not more than a day from now"));
        }
        Long open = cell(row, Field.OPEN, violations, Price::parse);
        Long high = cell(row, Field.HIGH, violations, Price::parse);
        Long low = cell(row, Field.LOW, violations, Price::parse);
        Long close = cell(row, Field.CLOSE, violations, Price::parse);
        Double volume = cell(row, Field.VOLUME, violations, Volume::parse);
        if (open == null || high == null || low == null || close == null) {
            return Optional.empty();
        }
        contradictions(row, new Prices(open, high, low, close), violations);
        return start == null || volume == null || violations.size() > before
                ? Optional.empty()
                : Optional.of(new Bar(start, open, high, low, close, volume));
    }

    private static void contradictions(Row row, Prices prices, List<Violation> violations) {
        if (prices.high() < prices.low()) {
            violations.add(violation(row, Field.HIGH, "high-below-low", "at least low " + Price.text(prices.low())));
        }
        if (prices.high() < prices.open()) {
            violations.add(violation(row, Field.HIGH, "high-below-open", "at least open " + Price.text(prices.open())));
        }
        if (prices.high() < prices.close()) {
            violations.add(
                    violation(row, Field.HIGH, "high-below-close", "at least close " + Price.text(prices.close())));
        }
        if (prices.low() > prices.open()) {
            violations.add(violation(row, Field.LOW, "low-above-open", "at most open " + Price.text(prices.open())));
        }
        if (prices.low() > prices.close()) {
            violations.add(violation(row, Field.LOW, "low-above-close", "at most close " + Price.text(prices.close())));
        }
    }

    private static <T> @Nullable T cell(
            Row row, Field field, List<Violation> violations, Function<String, Parsed<T>> parser) {
        String text = row.cells().get(field);
        if (text == null || text.isEmpty()) {
            violations.add(Violation.at(row.place(), field.label(), "missing", null, "a value"));
            return null;
        }
        return switch (parser.apply(text)) {
            case Parsed.Good<T>(T value) -> value;
            case Parsed.Bad<T>(String code, String expected) -> {
                violations.add(violation(row, field, code, expected));
                yield null;
            }
        };
    }

    private static Violation violation(Row row, Field field, String code, String expected) {
        Place place = row.place();
        return Violation.at(place, field.label(), code, row.cells().get(field), expected);
    }

    private record Prices(long open, long high, long low, long close) {}
}
