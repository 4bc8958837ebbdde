package dev.tradingplatform.discovery.balancer;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** Elapsed time as a clock, for a library that counts in instants: a step of the wall clock must not readmit anyone. */
public final class ElapsedClock extends Clock {

    private final LongSupplier nanoTime;

    /** Elapsed time may overflow; what has passed since the beginning does not. */
    private final long start;

    /** @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()} */
    public ElapsedClock(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(nanoTime.getAsLong() - start);
    }
}
