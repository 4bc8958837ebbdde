package dev.tradingplatform.discovery.balancer;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/** The durations of the latest 256 successful attempts, for percentiles to show. Safe for concurrent use. */
final class LatencySample {

    private static final int SIZE = 256;

    private final AtomicLongArray nanos = new AtomicLongArray(SIZE);
    private final AtomicLong count = new AtomicLong();

    void add(long duration) {
        nanos.set((int) (count.getAndIncrement() % SIZE), duration);
    }

    /** The smallest duration that the given share of the sample does not exceed; zero for an empty sample. */
    Duration percentile(double share) {
        int size = (int) Math.min(count.get(), SIZE);
        if (size == 0) {
            return Duration.ZERO;
        }
        long[] sorted = new long[size];
        Arrays.setAll(sorted, nanos::get);
        Arrays.sort(sorted);
        return Duration.ofNanos(sorted[(int) Math.ceil(share * size) - 1]);
    }
}
