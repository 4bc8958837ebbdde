package dev.tradingplatform.discovery.balancer;

/**
 * A moving average of latency that follows a rise at once and forgets it slowly (Peak EWMA, as in Finagle), of the best
 * of every three observations in a row. Unfiltered, the peak of one slow answer (a cold start, a garbage collection)
 * keeps an endpoint among fast ones without calls for seconds; an endpoint that is slow is slow three times running.
 * Safe for concurrent use.
 */
final class PeakEwma {

    /**
     * A 200 ms peak among endpoints of 5 ms fades within 6 s: soon enough to notice that the endpoint has recovered,
     * seldom enough that asking costs less than one call in a hundred.
     */
    private static final double TAU_NANOS = 2e9;

    private long last = Long.MAX_VALUE;
    private long lastButOne = Long.MAX_VALUE;
    private int observations;
    private double peak;
    private long stamp;

    PeakEwma(long now) {
        this.stamp = now;
    }

    synchronized void observe(long nanos, long now) {
        long best = Math.min(nanos, Math.min(last, lastButOne));
        lastButOne = last;
        last = nanos;
        observations = Math.min(observations + 1, 3);
        if (observations == 3) {
            double kept = kept(now);
            double faded = peak * kept;
            peak = best > faded ? best : faded + (best - faded) * (1 - kept);
            stamp = now;
        }
    }

    /** In nanoseconds; fades while nothing is observed. Zero before the third observation. */
    synchronized double value(long now) {
        return peak * kept(now);
    }

    private double kept(long now) {
        return Math.exp(-Math.max(0, now - stamp) / TAU_NANOS);
    }
}
