package dev.tradingplatform.signal.strategy;

/** Which positions are taken. */
public enum Side {
    /** Long or none: a SELL leaves. */
    LONG,
    /** Long or short: a SELL turns. */
    BOTH
}
