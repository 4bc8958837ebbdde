package dev.tradingplatform.stock.series;

/** What came of replacing the splits of a ticker. */
public enum SplitsOutcome {
    /** There was neither a split nor a bar, and there are splits now. */
    CREATED,
    /** There was a list, though it may have been empty; or there was none, and the new one is empty too. */
    REPLACED,
    /** The condition did not hold; nothing was written. */
    CONDITION_FAILED
}
