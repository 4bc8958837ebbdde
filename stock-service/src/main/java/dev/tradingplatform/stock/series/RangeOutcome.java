package dev.tradingplatform.stock.series;

/** What came of deleting a range. */
public sealed interface RangeOutcome {

    /**
     * The bars of the range are gone, if there were any.
     *
     * @param deletion how many, and what it made of the series
     */
    record Deleted(Deletion deletion) implements RangeOutcome {}

    /** The series has no bars at all. */
    record Absent() implements RangeOutcome {}

    /** The condition did not hold; nothing was deleted. */
    record ConditionFailed() implements RangeOutcome {}
}
