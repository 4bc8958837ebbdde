package dev.tradingplatform.discovery.balancer;

import java.time.Duration;

/**
 * What an endpoint itself asked for: no new calls because it shuts down, or no calls for a time ({@code Retry-After}).
 * Guarded by the pool's lock. Times are nanoseconds of elapsed time.
 */
final class ServerHints {

    /** After the latest response that announced a shutdown, other endpoints are preferred for this long. */
    private static final long DRAIN_NANOS = Duration.ofSeconds(10).toNanos();

    private long drainUntil;
    private long pausedAt;
    private long pausedUntil;

    ServerHints(long now) {
        drainUntil = now;
        pausedAt = now;
        pausedUntil = now;
    }

    void drain(long now) {
        drainUntil = now + DRAIN_NANOS;
    }

    void pause(long now, Duration time) {
        pausedAt = now;
        pausedUntil = now + time.toNanos();
    }

    /** An attempt succeeded. If it began after the endpoint asked for a pause, the pause ends. */
    void succeeded(long begin) {
        if (begin - pausedAt > 0) {
            pausedUntil = pausedAt;
        }
    }

    boolean draining(long now) {
        return now - drainUntil < 0;
    }

    boolean pausing(long now) {
        return now - pausedUntil < 0;
    }

    long drainUntil() {
        return drainUntil;
    }

    long pausedAt() {
        return pausedAt;
    }

    long pausedUntil() {
        return pausedUntil;
    }
}
