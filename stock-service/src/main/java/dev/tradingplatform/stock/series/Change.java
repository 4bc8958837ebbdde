package dev.tradingplatform.stock.series;

import java.util.OptionalLong;

/**
 * The last of the changes of a series.
 *
 * @param number grows with every committed change of any series on any replica; the same on every replica
 * @param series as it is now; without bars if they were deleted
 * @param firstChanged start of the first bar that changed or was deleted after the requested number, epoch second;
 *     nothing if that is unknown by now, so that any bar may have changed
 */
public record Change(long number, Series series, OptionalLong firstChanged) {}
