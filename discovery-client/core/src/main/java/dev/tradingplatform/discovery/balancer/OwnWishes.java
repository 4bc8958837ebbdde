package dev.tradingplatform.discovery.balancer;

import java.time.Duration;
import java.util.function.LongSupplier;

/** What an endpoint itself said of when it wants calls: not while it shuts down, or not for a while. Thread-safe. */
final class OwnWishes {

    /** Others take the calls of an endpoint for this long after it last said that it is shutting down. */
    private static final Duration SPARED = Duration.ofSeconds(10);

    private final LongSupplier nanoTime;
    private volatile long sparedUntil;
    private volatile long pausedAt;
    private volatile long pausedUntil;

    OwnWishes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.sparedUntil = nanoTime.getAsLong();
        this.pausedAt = sparedUntil;
        this.pausedUntil = sparedUntil;
    }

    void drains() {
        sparedUntil = nanoTime.getAsLong() + SPARED.toNanos();
    }

    void pauses(Duration time) {
        long now = nanoTime.getAsLong();
        pausedAt = now;
        pausedUntil = now + time.toNanos();
    }

    /** It has answered a call, in nanoseconds of elapsed time: one begun after it asked for a pause ends that. */
    void answered(long begun) {
        if (begun - pausedAt > 0) {
            pausedUntil = pausedAt;
        }
    }

    /** Whether it has said lately that it is shutting down. */
    boolean draining() {
        return nanoTime.getAsLong() - sparedUntil < 0;
    }

    /** Whether it has asked not to be called for a time that is not over. */
    boolean pausing() {
        return nanoTime.getAsLong() - pausedUntil < 0;
    }

    /** When it did so last, in nanoseconds of elapsed time. */
    long pausedAt() {
        return pausedAt;
    }
}
