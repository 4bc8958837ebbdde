package dev.tradingplatform.local.replica;

import java.time.Duration;

/**
 * How patient the platform is with its replicas. Immutable.
 *
 * @param probeInterval between two health checks
 * @param failuresToUnhealthy failed checks in a row that make a replica unhealthy
 * @param failuresToReplace failed checks in a row after which its process is killed and replaced
 * @param startLimit how long a process may take to become ready
 * @param longestPause between a death and the next start
 */
public record Pace(
        Duration probeInterval,
        int failuresToUnhealthy,
        int failuresToReplace,
        Duration startLimit,
        Duration longestPause) {

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    /** What lives this long is not failing at start. */
    private static final Duration LONG_LIFE = Duration.ofSeconds(10);

    /** ECS checks every 30 s by default; nobody wants to watch that. */
    public static Pace local() {
        return new Pace(Duration.ofMillis(500), 3, 60, Duration.ofMinutes(3), Duration.ofSeconds(30));
    }

    /**
     * The pause after a death: none after a long life, else twice the one before.
     *
     * @param last the pause before the life that just ended
     * @param lived how long it lasted
     */
    Duration pauseAfter(Duration last, Duration lived) {
        if (lived.compareTo(LONG_LIFE) >= 0) {
            return Duration.ZERO;
        }
        Duration doubled = last.isZero() ? FIRST_PAUSE : last.multipliedBy(2);
        return doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
    }
}
