package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.Price;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.bar.Volume;
import java.util.ArrayList;
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
        Long open = cell(row, Field.OPEN, violations, Price::parse);
        Long high = cell(row, Field.HIGH, violations, Price::parse);
        Long low = cell(row, Field.LOW, violations, Price::parse);
        Long close = cell(row, Field.CLOSE, violations, Price::parse);
        Double volume = cell(row, Field.VOLUME, violations, Volume::parse);
        if (start != null && start > latest) {
            violations.add(violation(row, Field.TIMESTAMP, "in-the-future", "not more than a day from now"));
        }
        if (start == null || open == null || high == null || low == null || close == null || volume == null) {
            return Optional.empty();
        }
        Bar bar = new Bar(start, open, high, low, close, volume);
        violations.addAll(contradictions(row, bar));
        return violations.size() == before ? Optional.of(bar) : Optional.empty();
    }

    private static List<Violation> contradictions(Row row, Bar bar) {
        if (bar.high() >= Math.max(bar.open(), bar.close()) && bar.low() <= Math.min(bar.open(), bar.close())) {
            return List.of();
        }
        List<Violation> found = new ArrayList<>();
        if (bar.high() < bar.low()) {
            found.add(violation(row, Field.HIGH, "high-below-low", "at least low " + Price.text(bar.low())));
        }
        if (bar.high() < Math.max(bar.open(), bar.close())) {
            boolean open = bar.high() < bar.open();
            String code = open ? "high-below-open" : "high-below-close";
            String bound = open ? "open " + Price.text(bar.open()) : "close " + Price.text(bar.close());
            found.add(violation(row, Field.HIGH, code, "at least " + bound));
        }
        if (bar.low() > Math.min(bar.open(), bar.close())) {
            boolean open = bar.low() > bar.open();
            String code = open ? "low-above-open" : "low-above-close";
            String bound = open ? "open " + Price.text(bar.open()) : "close " + Price.text(bar.close());
            found.add(violation(row, Field.LOW, code, "at most " + bound));
        }
        return found;
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
}
