package dev.tradingplatform.stock.series;

/** Oldest or newest bar first. */
public enum SortOrder {
    /** Oldest first. */
    ASC,
    /** Newest first. */
    DESC
}
