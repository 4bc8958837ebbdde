package dev.tradingplatform.stock.quote;

/**
 * A series as it is listed.
 *
 * @param series its extent
 * @param lastClose close of its newest bar in micros
 */
public record Listing(Series series, long lastClose) {}
