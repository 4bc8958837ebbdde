package dev.tradingplatform.stock.series;

/** What came of deleting one bar. */
public enum DeleteOutcome {
    /** It is gone. */
    DELETED,
    /** There was none. */
    ABSENT,
    /** The condition did not hold; nothing was deleted. */
    CONDITION_FAILED
}
