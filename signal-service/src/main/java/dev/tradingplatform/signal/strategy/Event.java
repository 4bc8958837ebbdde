package dev.tradingplatform.signal.strategy;

import java.time.Instant;

/**
 * A moment at which a strategy changed its mind. Immutable, and never taken back by later bars.
 *
 * @param timestamp start of the bar that closed it; one can act on it from the next bar's open on
 * @param action what to do
 * @param price close of that bar
 * @param reason why, in plain words
 */
public record Event(Instant timestamp, Action action, double price, String reason) {}
