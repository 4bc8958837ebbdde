package dev.tradingplatform.signal.backtest;

import java.time.Instant;

/**
 * An entry for which the cash bought no share. Immutable.
 *
 * @param timestamp start of the bar at whose open the entry was due
 * @param price of one share, slippage included
 * @param cash that was there
 */
public record Unaffordable(Instant timestamp, double price, double cash) {}
