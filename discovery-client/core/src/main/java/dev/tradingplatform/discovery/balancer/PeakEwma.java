package dev.tradingplatform.discovery.balancer;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

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

    private static final AtomicLongFieldUpdater<PeakEwma> LAST =
            AtomicLongFieldUpdater.newUpdater(PeakEwma.class, "last");
    private static final AtomicLongFieldUpdater<PeakEwma> LAST_BUT_ONE =
            AtomicLongFieldUpdater.newUpdater(PeakEwma.class, "lastButOne");
    private static final long NONE = Long.MAX_VALUE;

    private volatile long last = NONE;
    private volatile long lastButOne = NONE;
    private volatile long stamp;
    private volatile double peak;

    PeakEwma(long now) {
        this.stamp = now;
    }

    /**
     * Adds an observation. Threads that do so at the same moment may lose one or mix two. Both are among the latest, so
     * the average is still one of latencies that were observed; excluding the threads would cost more than it gains.
     */
    void observe(long nanos, long now) {
        long second = last;
        long third = lastButOne;
        LAST_BUT_ONE.lazySet(this, second);
        LAST.lazySet(this, nanos);
        double best = Math.min(nanos, Math.min(second, third));
        double before = peak;
        if (third != NONE && (best > before || now - stamp >= MIN_FALL_NANOS)) {
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
