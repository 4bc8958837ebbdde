package dev.tradingplatform.stock.intake;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a row consists of. */
enum Field {
    TICKER,
    TIMESTAMP,
    OPEN,
    HIGH,
    LOW,
    CLOSE,
    VOLUME,
    /** Ours to give: accepted, so that what was read can be sent back, and not looked at. */
    VERSION;

    private static final Map<String, Field> COLUMNS = Map.ofEntries(
            Map.entry("ticker", TICKER),
            Map.entry("symbol", TICKER),
            Map.entry("timestamp", TIMESTAMP),
            Map.entry("date", TIMESTAMP),
            Map.entry("time", TIMESTAMP),
            Map.entry("datetime", TIMESTAMP),
            Map.entry("open", OPEN),
            Map.entry("high", HIGH),
            Map.entry("low", LOW),
            Map.entry("close", CLOSE),
            Map.entry("volume", VOLUME),
            Map.entry("version", VERSION));

    /** Finds what a CSV column holds, by any of its usual names in any case. */
    static Optional<Field> ofColumn(String header) {
        return Optional.ofNullable(COLUMNS.get(header.strip().toLowerCase(Locale.ROOT)));
    }

    /** Finds what a JSON field holds, by its one name. */
    static Optional<Field> ofName(String name) {
        return Optional.ofNullable(COLUMNS.get(name))
                .filter(field -> field.label().equals(name));
    }

    /** Returns its name in JSON and in problem documents. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
