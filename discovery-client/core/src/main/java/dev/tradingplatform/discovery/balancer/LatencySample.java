package dev.tradingplatform.discovery.balancer;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A sample of 256 durations of successful attempts, for percentiles, in microseconds. Safe for concurrent use. */
final class LatencySample {

    private static final int SIZE = 256;

    private static final long NANOS_PER_MICRO = 1_000;
    private static final int EMPTY = -1;

    private final AtomicIntegerArray micros = new AtomicIntegerArray(SIZE);

    LatencySample() {
        for (int index = 0; index < SIZE; index++) {
            micros.setPlain(index, EMPTY);
        }
    }

    /**
     * Replaces the duration of the same number modulo 256. Consecutive numbers keep the latest 256 durations; random
     * numbers keep a sample of recent ones without a counter that threads compete for.
     */
    void add(long number, long nanos) {
        micros.setRelease((int) (number & (SIZE - 1)), (int)
                Math.clamp(Math.ceilDiv(nanos, NANOS_PER_MICRO), 1L, Integer.MAX_VALUE));
    }

    /**
     * Returns the smallest duration that the given share of the sample does not exceed, at least a microsecond; zero if
     * the sample is smaller than the given size.
     */
    Duration percentile(double share, int minSize) {
        int[] sorted = new int[SIZE];
        int size = 0;
        for (int index = 0; index < SIZE; index++) {
            int duration = micros.getAcquire(index);
            if (duration != EMPTY) {
                sorted[size++] = duration;
            }
        }
        if (size < minSize) {
            return Duration.ZERO;
        }
        Arrays.sort(sorted, 0, size);
        return Duration.ofNanos(NANOS_PER_MICRO * sorted[(int) Math.ceil(share * size) - 1]);
    }
}
