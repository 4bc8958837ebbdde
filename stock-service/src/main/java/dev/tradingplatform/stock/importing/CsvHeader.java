package dev.tradingplatform.stock.importing;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the columns of a CSV file hold. Immutable.
 *
 * @param names of all columns, as they are written
 * @param indexes of the columns that are read
 */
record CsvHeader(List<String> names, Map<Column, Integer> indexes) {

    private static final Set<String> DATES = Set.of("date", "datum", "dtyyyymmdd", "traddt", "tradedate");
    private static final Set<String> UNNAMED = Set.of("", "index", "unnamed0");
    private static final List<Column> IN_ORDER =
            List.of(Column.TIMESTAMP, Column.OPEN, Column.HIGH, Column.LOW, Column.CLOSE, Column.VOLUME);
    private static final int BINANCE_COLUMNS = 12;

    /** Recognises the columns of a header line by their names; those that are not known are not read. */
    static CsvHeader of(List<String> names) {
        List<String> normalized = names.stream().map(Column::normalized).toList();
        Map<Column, Integer> indexes = new EnumMap<>(Column.class);
        for (Column column : Column.values()) {
            column.names().stream()
                    .filter(normalized::contains)
                    .findFirst()
                    .ifPresent(name -> indexes.put(column, normalized.indexOf(name)));
        }
        Integer timestamp = indexes.get(Column.TIMESTAMP);
        if (timestamp == null && !normalized.isEmpty() && UNNAMED.contains(normalized.getFirst())) {
            // pandas writes an index that has no name so.
            indexes.put(Column.TIMESTAMP, 0);
        }
        if (timestamp == null || !DATES.contains(normalized.get(timestamp))) {
            indexes.remove(Column.TIME);
        }
        return new CsvHeader(List.copyOf(names), indexes);
    }

    /** Recognises a file without header line by its first record: time, prices and volume in their usual order. */
    static Optional<CsvHeader> withoutNames(List<String> cells) {
        boolean time = cells.size() == IN_ORDER.size() + 1 && cells.get(1).contains(":");
        if (!time && cells.size() != IN_ORDER.size() && cells.size() != BINANCE_COLUMNS) {
            return Optional.empty();
        }
        for (int i = 0; i < cells.size(); i++) {
            if (cells.get(i).isEmpty() || cells.get(i).codePoints().anyMatch(Character::isLetter)) {
                return Optional.empty();
            }
        }
        Map<Column, Integer> indexes = new EnumMap<>(Column.class);
        for (int i = 0; i < IN_ORDER.size(); i++) {
            indexes.put(IN_ORDER.get(i), time && i > 0 ? i + 1 : i);
        }
        if (time) {
            indexes.put(Column.TIME, 1);
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            names.add("column " + (i + 1));
        }
        return Optional.of(new CsvHeader(names, indexes));
    }

    /** Returns the columns that a bar needs and that are not there. */
    Set<Column> missing() {
        Set<Column> missing = EnumSet.copyOf(Column.REQUIRED);
        missing.removeAll(indexes.keySet());
        return missing;
    }

    /** Returns the name of a column that is there twice and would be read; nothing if there is none. */
    Optional<String> duplicate() {
        List<String> normalized = names.stream().map(Column::normalized).toList();
        return indexes.values().stream()
                .filter(index -> normalized.lastIndexOf(normalized.get(index)) != index)
                .map(names::get)
                .findFirst();
    }

    /** Returns the names of the columns that are read, by the names of their values. */
    Map<String, String> used() {
        Map<String, String> used = new LinkedHashMap<>();
        indexes.forEach((column, index) -> used.put(column.label(), names.get(index)));
        return used;
    }

    /** Returns the names of the columns that are not read. */
    List<String> ignored() {
        List<String> ignored = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (!indexes.containsValue(i) && !names.get(i).isBlank()) {
                ignored.add(names.get(i));
            }
        }
        return ignored;
    }

    @Nullable
    Integer index(Column column) {
        return indexes.get(column);
    }
}
