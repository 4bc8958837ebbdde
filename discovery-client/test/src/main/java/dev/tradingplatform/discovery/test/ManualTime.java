package dev.tradingplatform.discovery.test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Time that stands still until it is moved: elapsed nanoseconds, and a wall clock that keeps step. Thread-safe. */
public final class ManualTime implements LongSupplier, InstantSource {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    // Near the overflow, which System.nanoTime() may be too: comparing such values without subtracting them fails here.
    private final AtomicLong nanos =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
    private final long start = nanos.get();

    /** Moves on. */
    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get() - start);
    }
}
