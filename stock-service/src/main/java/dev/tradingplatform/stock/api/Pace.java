package dev.tradingplatform.stock.api;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.springframework.util.unit.DataSize;

/**
 * How slowly a client may send a body, or take an answer.
 *
 * @param patience how long it may take in any case
 * @param slowestRate how much of it must pass in each second beyond that, on average
 * @param nanoTime nanoseconds that only ever go forward
 */
record Pace(Duration patience, DataSize slowestRate, LongSupplier nanoTime) {

    long begin() {
        return nanoTime.getAsLong();
    }

    boolean isTooSlow(long bytes, long begun) {
        Duration allowed = patience.plusSeconds(bytes / slowestRate.toBytes());
        return nanoTime.getAsLong() - begun > allowed.toNanos();
    }
}
