package dev.tradingplatform.signal.backtest;

/** At what price an event is acted on. */
public enum Fill {
    /** The next bar's open: the first price there is after the close that brought the event. */
    NEXT_OPEN
}
