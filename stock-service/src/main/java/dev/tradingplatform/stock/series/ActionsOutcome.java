package dev.tradingplatform.stock.series;

/** The result of replacing the splits or the dividends of a ticker. */
public enum ActionsOutcome {
    /** The ticker was unknown, and now has a list. */
    CREATED,
    /** The ticker had a list, which may have been empty; or it was unknown, and the new list is empty too. */
    REPLACED,
    /** The precondition did not hold; nothing was written. */
    PRECONDITION_FAILED
}
