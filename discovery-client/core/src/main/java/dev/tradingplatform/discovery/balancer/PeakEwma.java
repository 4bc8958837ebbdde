package dev.tradingplatform.discovery.balancer;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A moving average of latency that follows a rise at once and forgets it slowly (Peak EWMA, as in Finagle), of the best
 * of every three observations in a row. Unfiltered, the peak of one slow response (a cold start, a garbage collection)
 * keeps an endpoint among fast ones without calls for seconds; an endpoint that is slow is slow three times running.
 * Safe for concurrent use.
 */
final class PeakEwma {

    /**
     * A 200 ms peak among endpoints of 5 ms fades within 6 s: soon enough to notice that the endpoint has recovered,
     * seldom enough that the calls that find out are less than one in a hundred.
     */
    private static final double TAU_NANOS = 2e9;

    /**
     * Less than a thousandth of the time constant: a fall that is observed again within it hardly moves the average.
     */
    private static final long MIN_FALL_NANOS = 1_000_000;

    /** Guards the fields below it. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private long last = Long.MAX_VALUE;
    private long lastButOne = Long.MAX_VALUE;
    private int observations;

    /** Written by the thread that holds {@code busy}: first the stamp, then the peak. */
    private volatile long stamp;

    private volatile double peak;

    PeakEwma(long now) {
        this.stamp = now;
    }

    /** Drops the observation if another thread records one at the same moment: both say the same about the endpoint. */
    void observe(long nanos, long now) {
        if (busy.compareAndSet(false, true)) {
            try {
                record(nanos, now);
            } finally {
                busy.setRelease(false);
            }
        }
    }

    private void record(long nanos, long now) {
        long best = Math.min(nanos, Math.min(last, lastButOne));
        lastButOne = last;
        last = nanos;
        if (observations < 3) {
            observations++;
        }
        double before = peak;
        if (observations == 3 && (best > before || now - stamp >= MIN_FALL_NANOS)) {
            double kept = kept(now);
            double faded = before * kept;
            stamp = now;
            peak = best > faded ? best : faded + (best - faded) * (1 - kept);
        }
    }

    /** Returns the average in nanoseconds. It fades while nothing is observed. Zero before the third observation. */
    double value(long now) {
        return peak * kept(now);
    }

    /** Returns the average without fading, an upper bound of {@link #value} that needs no clock. */
    double peak() {
        return peak;
    }

    private double kept(long now) {
        return Math.exp(-Math.max(0, now - stamp) / TAU_NANOS);
    }
}
