package dev.tradingplatform.stock.bar;

/**
 * One bar: what traded between its start and the start of the next. Prices are in micros (millionths), so that they are
 * exact, small and comparable in SQL.
 *
 * @param start epoch second of the bar's start, UTC
 * @param open first price in micros, above 0
 * @param high highest price in micros, not below any other
 * @param low lowest price in micros, not above any other
 * @param close last price in micros
 * @param volume 0 or more, at most 15 significant digits; fractions of a share are possible
 */
public record Bar(long start, long open, long high, long low, long close, double volume) {}
