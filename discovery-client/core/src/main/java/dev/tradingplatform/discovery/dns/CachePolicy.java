package dev.tradingplatform.discovery.dns;

import java.time.Duration;

/**
 * How long a resolution is cached. Immutable.
 *
 * @param minTtl a shorter TTL counts as this, so that a TTL of 0 does not make every call look up the name
 * @param maxTtl a longer TTL counts as this, so that a TTL of a day set by mistake does not hide new endpoints for a
 *     day
 * @param maxNegativeTtl the same for {@link Resolution.Absent}. The SOA record of a private zone says 300 s and that of
 *     a public one 900 s, and a service that starts from zero instances would be unreachable that long
 * @param maxStaleWhileAbsent how long targets are used after DNS began to answer that there are none: shorter than the
 *     other, because this may be true. Also how long past their TTL they are used without a lookup
 * @param maxStaleWhileUnavailable how long past their TTL targets are used while DNS does not answer (RFC 8767 §5)
 */
public record CachePolicy(
        Duration minTtl,
        Duration maxTtl,
        Duration maxNegativeTtl,
        Duration maxStaleWhileAbsent,
        Duration maxStaleWhileUnavailable) {

    /** TTL 1 s to 60 s; negative TTL at most 15 s; stale 10 min while absent, 30 min while DNS does not answer. */
    public static final CachePolicy DEFAULT = new CachePolicy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));

    /** Minimum time between two early lookups of a name, for all callers together. */
    static final Duration EARLY_LOOKUP_INTERVAL = Duration.ofSeconds(1);

    private static final Duration MIN_EARLY_LOOKUP_INTERVAL = Duration.ofMillis(200);

    private static final Duration MAX_BACKOFF = Duration.ofSeconds(15);

    private static final int MAX_DOUBLINGS = 4;

    Duration lifetime(Duration ttl) {
        return clamp(ttl, maxTtl);
    }

    Duration negativeLifetime(Duration ttl) {
        return clamp(ttl, maxNegativeTtl);
    }

    /**
     * Returns the pause after a lookup that DNS did not answer: {@link #minTtl}, doubled after each, at most 15 s.
     *
     * @param failures number of failed lookups in a row, 1 or more
     */
    Duration backoff(int failures) {
        return clamp(doubled(minTtl, failures), MAX_BACKOFF);
    }

    /**
     * Returns the pause after a failed lookup while callers wait and no targets are known: 200 ms, doubled after each,
     * at most {@link #EARLY_LOOKUP_INTERVAL}.
     *
     * @param failures number of failed lookups in a row, 1 or more
     */
    static Duration pauseWhileCallersWait(int failures) {
        return min(doubled(MIN_EARLY_LOOKUP_INTERVAL, failures), EARLY_LOOKUP_INTERVAL);
    }

    private static Duration doubled(Duration first, int failures) {
        return first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
    }

    private Duration clamp(Duration ttl, Duration max) {
        Duration limited = min(ttl, max);
        return limited.compareTo(minTtl) < 0 ? minTtl : limited;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
