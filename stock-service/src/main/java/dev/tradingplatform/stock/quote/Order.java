package dev.tradingplatform.stock.quote;

/** Oldest or newest bar first. */
public enum Order {
    /** Oldest first. */
    ASC,
    /** Newest first. */
    DESC
}
