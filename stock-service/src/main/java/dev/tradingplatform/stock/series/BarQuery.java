package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.TimeRange;

/**
 * Which of a series' bars are wanted, and how.
 *
 * @param range of bar starts
 * @param order of the answer
 * @param limit how many bars at most, counted in that order
 * @param adjustment of prices and volumes
 */
public record BarQuery(TimeRange range, SortOrder order, int limit, Adjustment adjustment) {}
