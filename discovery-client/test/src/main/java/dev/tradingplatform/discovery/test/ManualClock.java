package dev.tradingplatform.discovery.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A clock that stands still until a test advances it. It is both a substitute for {@link System#nanoTime()} (as a
 * {@link LongSupplier}) and a wall clock (as an {@link InstantSource}); both advance together. Safe for concurrent use.
 *
 * <p>The wall clock starts at 2026-01-01T00:00:00Z. The nanoseconds start 5 s before they overflow, because
 * {@link System#nanoTime()} may overflow too: code that compares two such values with {@code <} instead of subtracting
 * them fails in tests that advance the clock by more than 5 s.
 */
public final class ManualClock implements LongSupplier, InstantSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final long START_NANOS =
            Long.MAX_VALUE - Duration.ofSeconds(5).toNanos();

    private final AtomicLong nanos = new AtomicLong(START_NANOS);

    /** Creates a clock that shows the start. */
    public ManualClock() {}

    /**
     * Advances the clock.
     *
     * @param by zero or more; at most 292 years
     * @throws IllegalArgumentException if the duration is negative
     */
    public void advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("by: " + by + " (expected: zero or more)");
        }
        nanos.addAndGet(by.toNanos());
    }

    /** Returns nanoseconds of which only differences have a meaning, as {@link System#nanoTime()} does. */
    public long nanoTime() {
        return nanos.get();
    }

    /** Returns {@link #nanoTime()}. */
    @Override
    public long getAsLong() {
        return nanoTime();
    }

    /** Returns the time of the wall clock. */
    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get() - START_NANOS);
    }
}
