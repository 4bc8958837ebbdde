package dev.tradingplatform.signal.market;

/**
 * Which bars: those of one ticker and timeframe, adjusted in one way. Immutable.
 *
 * @param ticker its symbol
 * @param timeframe what one bar covers
 * @param adjustment for which corporate actions
 */
public record SeriesKey(Ticker ticker, Timeframe timeframe, Adjustment adjustment) {

    @Override
    public String toString() {
        return ticker + " " + timeframe.code() + " " + adjustment.code();
    }
}
