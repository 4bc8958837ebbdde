package dev.tradingplatform.stock.bar;

/**
 * A bar as it is kept.
 *
 * @param bar the bar
 * @param version the revision of its ticker that last changed it; never given twice for one ticker, not even after a
 *     deletion, and therefore good as an ETag
 */
public record StoredBar(Bar bar, long version) {}
