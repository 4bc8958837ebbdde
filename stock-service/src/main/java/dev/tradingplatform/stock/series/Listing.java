package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Decimal;

/**
 * A series as it is listed.
 *
 * @param series its extent
 * @param lastClose close of its newest bar
 */
public record Listing(Series series, Decimal lastClose) {}
