package dev.tradingplatform.stock.series;

import java.util.List;

/** The result of an import. */
public sealed interface ImportOutcome {

    /**
     * The bars were written, or would have been.
     *
     * @param counts one for each series
     */
    record Done(List<ImportCounts> counts) implements ImportOutcome {}

    /** The condition did not hold for a series; nothing was written. */
    record ConditionFailed() implements ImportOutcome {}
}
