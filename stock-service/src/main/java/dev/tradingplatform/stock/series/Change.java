package dev.tradingplatform.stock.series;

import java.util.OptionalLong;

/**
 * The last of the changes of a series.
 *
 * @param number grows with every committed change of any series, on whichever replica; the same on every replica
 * @param series as it is now; without bars if they were deleted
 * @param firstChanged start of the first bar that changed or was deleted since the number that was asked for, epoch
 *     second; nothing if that is not known any more, so that any bar may have changed
 */
public record Change(long number, Series series, OptionalLong firstChanged) {}
