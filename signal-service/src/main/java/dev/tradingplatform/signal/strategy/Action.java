package dev.tradingplatform.signal.strategy;

/** What an event tells one to do. */
public enum Action {
    /** Enter, or turn from short to long. */
    BUY,
    /** Leave, or turn from long to short. */
    SELL
}
