package dev.tradingplatform.discovery.balancer;

import java.time.Duration;

/**
 * How calls are spread beyond the load itself.
 *
 * @param zone the own availability zone, whose endpoints are preferred
 * @param slowStart how long an endpoint that joins later takes to reach its full share; zero for at once. A JVM is slow
 *     in its first seconds, and slower the more it gets
 */
public record Balancing(Zone zone, Duration slowStart) {

    /** @throws IllegalArgumentException if the time is negative */
    public Balancing {
        if (slowStart.isNegative()) {
            throw new IllegalArgumentException("slow start: " + slowStart + " (expected: zero or more)");
        }
    }
}
