package dev.tradingplatform.stock.importing;

/** Which of several rows with different values at one time is imported. Rows with the same values are no fault. */
public enum DuplicatePolicy {
    /** None: the rows after the first are errors. */
    REJECT,
    /** The first of the body. */
    FIRST,
    /** The last of the body. */
    LAST
}
