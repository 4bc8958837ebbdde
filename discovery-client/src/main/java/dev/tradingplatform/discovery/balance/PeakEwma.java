package dev.tradingplatform.discovery.balance;

/**
 * A moving average of latency that follows a rise at once and forgets it slowly (Peak EWMA, as in Finagle): one slow
 * answer is believed, and a slow endpoint is asked again when its peak has faded. Safe for concurrent use.
 */
final class PeakEwma {

    /**
     * A 200 ms peak among endpoints of 5 ms fades within 6 s: soon enough to notice that the endpoint has recovered,
     * seldom enough that asking costs less than one call in a hundred.
     */
    private static final double TAU_NANOS = 2e9;

    private double peak;
    private long stamp;

    PeakEwma(long now) {
        this.stamp = now;
    }

    synchronized void observe(long nanos, long now) {
        double kept = Math.exp(-Math.max(0, now - stamp) / TAU_NANOS);
        double faded = peak * kept;
        peak = nanos > faded ? nanos : faded + (nanos - faded) * (1 - kept);
        stamp = now;
    }

    /** In nanoseconds; fades while nothing is observed. */
    synchronized double value(long now) {
        return peak * Math.exp(-Math.max(0, now - stamp) / TAU_NANOS);
    }
}
