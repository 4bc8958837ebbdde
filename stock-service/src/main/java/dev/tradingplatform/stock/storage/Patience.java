package dev.tradingplatform.stock.storage;

import java.time.Duration;

/**
 * How long this request still wants to wait for the database. Bound to the thread that serves it, so that everything
 * between the request and its transaction need not hand it on.
 */
public final class Patience {

    private static final ScopedValue<Duration> LEFT = ScopedValue.newInstance();

    private Patience() {}

    /**
     * Calls something whose transactions, each for itself, wait at most so long for a connection and for locks. It
     * shortens the wait that is configured and never lengthens it.
     *
     * @param <R> what the call returns
     * @param <X> what it throws
     */
    public static <R, X extends Throwable> R within(
            Duration left, ScopedValue.CallableOp<? extends R, ? extends X> call) throws X {
        return ScopedValue.where(LEFT, left).call(call);
    }

    /** Returns what is left of a configured wait. */
    static Duration atMost(Duration configured) {
        Duration left = LEFT.isBound() ? LEFT.get() : configured;
        return left.compareTo(configured) < 0 ? left : configured;
    }
}
