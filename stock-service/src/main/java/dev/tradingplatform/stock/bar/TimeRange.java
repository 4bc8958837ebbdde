package dev.tradingplatform.stock.bar;

/**
 * A range of bar starts, both ends included. Empty if {@code from} is after {@code to}.
 *
 * @param from epoch second
 * @param to epoch second
 */
public record TimeRange(long from, long to) {

    /** Every bar there can be. */
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    /** Returns the part of this range after an instant. */
    public TimeRange after(long instant) {
        return new TimeRange(Math.max(from, instant + 1), to);
    }

    /** Returns the part of this range before an instant. */
    public TimeRange before(long instant) {
        return new TimeRange(from, Math.min(to, instant - 1));
    }
}
