package dev.tradingplatform.stock.series;

/** What an import does about bars that are there already. */
public enum ImportMode {
    /** Replaces those that differ. */
    UPSERT,
    /** Takes them for errors. */
    INSERT,
    /** Leaves them as they are. */
    SKIP
}
