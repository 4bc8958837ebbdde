package dev.tradingplatform.stock.series;

/**
 * What came of deleting a range.
 *
 * @param deleted how many bars are gone
 * @param revision of the series afterwards
 */
public record Deletion(long deleted, long revision) {}
