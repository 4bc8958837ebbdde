package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.SourceLocation;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One record of a body as text. For one thread. */
final class Row {

    private static final Set<String> EMPTY = Set.of("", "null", "n/a", "#n/a", "na", "nan", "none", "-", "--");

    private static final int MAX_EMPTY_LENGTH = 4;

    private final SourceLocation location;
    private final Map<Column, String> cells = new EnumMap<>(Column.class);

    Row(SourceLocation location) {
        this.location = location;
    }

    SourceLocation location() {
        return location;
    }

    /**
     * Sets a cell.
     *
     * @return whether it was set for the first time
     */
    boolean set(Column column, String text) {
        return cells.put(column, text) == null;
    }

    /** Returns a cell as it is written, or an empty text if the row does not have it. */
    String text(Column column) {
        return cells.getOrDefault(column, "");
    }

    /** Tells whether the row names all prices and has none of them. */
    boolean isWithoutPrices() {
        for (Column price : Column.PRICES) {
            String text = cells.get(price);
            if (text == null || text.length() > MAX_EMPTY_LENGTH || !EMPTY.contains(text.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }
}
