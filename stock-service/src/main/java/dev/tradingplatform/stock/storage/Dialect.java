package dev.tradingplatform.stock.storage;

import java.util.Map;

/** What the databases call the same things. Queries need none of it; the tables' definitions do. */
enum Dialect {
    /** Strict tables that are their primary key's index. */
    SQLITE("TEXT", "INTEGER", "INTEGER", "REAL", " STRICT, WITHOUT ROWID"),

    /** Text in the order of its bytes, as SQLite has it: a locale's order would break prefixes and cursors. */
    POSTGRESQL("TEXT COLLATE \"C\"", "BIGINT", "SMALLINT", "DOUBLE PRECISION", "");

    private final String text;
    private final String integer;
    private final String small;
    private final String real;
    private final String keyed;

    Dialect(String text, String integer, String small, String real, String keyed) {
        this.text = text;
        this.integer = integer;
        this.small = small;
        this.real = real;
        this.keyed = keyed;
    }

    /** Returns what stands for the placeholders in the migrations. */
    Map<String, String> words() {
        return Map.of("text", text, "integer", integer, "small", small, "real", real, "keyed", keyed);
    }
}
