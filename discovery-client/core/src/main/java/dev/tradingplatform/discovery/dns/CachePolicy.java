package dev.tradingplatform.discovery.dns;

import java.time.Duration;

/**
 * How long a resolution is kept.
 *
 * @param shortestTtl what a shorter ttl counts as, so that a ttl of 0 does not turn every call into a lookup
 * @param longestTtl what a longer ttl counts as, so that nobody's mistake of a day hides new endpoints for a day
 * @param longestNegativeTtl the same for answers that there is nothing. An empty private zone says 300 s and a public
 *     one 900 s, for which a service that starts from zero would be unreachable
 * @param staleWhileAbsent how long targets may still be used after DNS began to say that there is nothing. Shorter than
 *     the other: it may be the truth. Also how long past their ttl they are used without asking first
 * @param staleWhileUnavailable how long past their ttl targets may still be used while DNS says nothing (RFC 8767 §5)
 */
public record CachePolicy(
        Duration shortestTtl,
        Duration longestTtl,
        Duration longestNegativeTtl,
        Duration staleWhileAbsent,
        Duration staleWhileUnavailable) {

    /** 1 s to 60 s; negative answers at most 15 s; stale 10 min while absent, 30 min while DNS fails. */
    public static final CachePolicy DEFAULT = new CachePolicy(
            Duration.ofSeconds(1),
            Duration.ofSeconds(60),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30));

    /** A failed lookup is repeated after a second, then ever later, at most this late. */
    private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(15);

    private static final int BACKOFF_DOUBLINGS = 4;

    Duration lifetime(Duration ttl) {
        return clamp(ttl, longestTtl);
    }

    Duration negativeLifetime(Duration ttl) {
        return clamp(ttl, longestNegativeTtl);
    }

    /** @param failures how many lookups in a row have failed, at least 1 */
    Duration backoff(int failures) {
        Duration doubled = shortestTtl.multipliedBy(1L << Math.min(failures - 1, BACKOFF_DOUBLINGS));
        return clamp(doubled, LONGEST_BACKOFF);
    }

    private Duration clamp(Duration ttl, Duration longest) {
        Duration atMost = ttl.compareTo(longest) > 0 ? longest : ttl;
        return atMost.compareTo(shortestTtl) < 0 ? shortestTtl : atMost;
    }
}
