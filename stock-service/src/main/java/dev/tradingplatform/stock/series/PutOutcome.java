package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.StoredBar;

/** What came of putting one bar in its place. */
public sealed interface PutOutcome {

    /**
     * There was none.
     *
     * @param bar as it is kept now
     */
    record Created(StoredBar bar) implements PutOutcome {}

    /**
     * There was one; its version is a new one only if the bar differs.
     *
     * @param bar as it is kept now
     */
    record Replaced(StoredBar bar) implements PutOutcome {}

    /** The condition did not hold; nothing was written. */
    record ConditionFailed() implements PutOutcome {}
}
