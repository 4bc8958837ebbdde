package dev.tradingplatform.signal.strategy;

/** What one holds who followed every event. */
public enum Position {
    /** Bought. */
    LONG,
    /** Sold without owning. */
    SHORT,
    /** Nothing. */
    FLAT;

    static Position after(Action action, Side side) {
        if (action == Action.BUY) {
            return LONG;
        }
        return side == Side.BOTH ? SHORT : FLAT;
    }
}
