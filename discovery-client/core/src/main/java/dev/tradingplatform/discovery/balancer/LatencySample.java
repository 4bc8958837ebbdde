package dev.tradingplatform.discovery.balancer;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/** A sample of 256 durations of successful attempts, for percentiles. Safe for concurrent use. */
final class LatencySample {

    private static final int SIZE = 256;
    private static final long EMPTY = -1;

    private final AtomicLongArray nanos = new AtomicLongArray(SIZE);

    LatencySample() {
        for (int index = 0; index < SIZE; index++) {
            nanos.setPlain(index, EMPTY);
        }
    }

    /**
     * Replaces the duration of the same number modulo 256. Consecutive numbers keep the latest 256 durations; random
     * numbers keep a sample of recent ones without a counter that threads compete for.
     */
    void add(long number, long duration) {
        nanos.setRelease((int) (number & (SIZE - 1)), Math.max(0, duration));
    }

    /** Returns the smallest duration that the given share of the sample does not exceed; zero for an empty sample. */
    Duration percentile(double share) {
        long[] sorted = new long[SIZE];
        int size = 0;
        for (int index = 0; index < SIZE; index++) {
            long duration = nanos.getAcquire(index);
            if (duration != EMPTY) {
                sorted[size++] = duration;
            }
        }
        if (size == 0) {
            return Duration.ZERO;
        }
        Arrays.sort(sorted, 0, size);
        return Duration.ofNanos(sorted[(int) Math.ceil(share * size) - 1]);
    }
}
