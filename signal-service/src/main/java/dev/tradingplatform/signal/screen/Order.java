package dev.tradingplatform.signal.screen;

import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.Comparator;
import java.util.function.Function;

/** In which order rows are sent; without one they are sent as they come. */
enum Order {
    STRENGTH("strength", rated(Comparator.comparingDouble(Row.Found::strength))),
    STRONGEST("-strength", rated(Comparator.comparingDouble(Row.Found::strength).reversed())),
    TICKER("ticker", rated(Comparator.comparing(row -> row.ticker().value()))),
    LAST_TICKER("-ticker", rated(Comparator.comparing(row -> row.ticker().value(), Comparator.reverseOrder())));

    private final String word;

    @SuppressWarnings("ImmutableEnumChecker") // made of pure functions only
    private final Comparator<Row> comparator;

    Order(String word, Comparator<Row> comparator) {
        this.word = word;
        this.comparator = comparator;
    }

    /** Failures last, ties by name. */
    private static Comparator<Row> rated(Comparator<Row.Found> found) {
        Function<Row, Boolean> failed = Row.Failed.class::isInstance;
        return Comparator.comparing(failed)
                .thenComparing((one, other) ->
                        one instanceof Row.Found a && other instanceof Row.Found b ? found.compare(a, b) : 0)
                .thenComparing(row -> row.ticker().value());
    }

    Comparator<Row> comparator() {
        return comparator;
    }

    static Order of(String text) {
        for (Order order : values()) {
            if (order.word.equals(text)) {
                return order;
            }
        }
        throw new InvalidParameterException("sort", text, "strength, -strength, ticker or -ticker");
    }
}
