package dev.tradingplatform.stock.storage;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Maximum wait of the current request for the database, if it is shorter than the configured one. It is bound to the
 * thread of the request, so that no method between the request and its transaction needs a parameter for it.
 */
public final class LockTimeout {

    private static final ScopedValue<Supplier<Duration>> LEFT = ScopedValue.newInstance();

    private LockTimeout() {}

    /**
     * Calls an operation. Each of its transactions waits at most this long for a connection and for locks, and never
     * longer than configured.
     *
     * @param left time left, read at the start of each transaction
     * @param <R> what the call returns
     * @param <X> what it throws
     */
    public static <R, X extends Throwable> R within(
            Supplier<Duration> left, ScopedValue.CallableOp<? extends R, ? extends X> call) throws X {
        return ScopedValue.where(LEFT, left).call(call);
    }

    /** Returns the shorter one of this timeout and a configured one. */
    static Duration atMost(Duration configured) {
        Duration left = LEFT.isBound() ? LEFT.get().get() : configured;
        return left.compareTo(configured) < 0 ? left : configured;
    }
}
