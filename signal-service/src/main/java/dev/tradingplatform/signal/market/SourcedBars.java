package dev.tradingplatform.signal.market;

import dev.tradingplatform.signal.bar.Bars;

/**
 * All bars of a ticker and where they came from. Immutable.
 *
 * @param bars from the first one stored
 * @param source the replica, and whether it still answers
 */
public record SourcedBars(Bars bars, Source source) {}
