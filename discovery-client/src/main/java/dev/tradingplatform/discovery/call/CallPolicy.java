package dev.tradingplatform.discovery.call;

import java.time.Duration;

/**
 * How long a call and its attempts may take. Immutable.
 *
 * @param deadline for the whole call, the wait for DNS and all attempts included
 * @param attemptTimeout for one attempt that could be repeated elsewhere. One that could not gets what the deadline
 *     leaves: to cut it short would lose the answer and win nothing
 * @param connectTimeout for one connection; within a VPC a connection takes a millisecond or two, and the kernel
 *     accepts it however busy the service is, so that a quarter of a second tells a dead address from a slow one
 * @param mostAttempts how many attempts may reach endpoints, the first included; connections that fail do not count,
 *     since they send nothing
 */
public record CallPolicy(Duration deadline, Duration attemptTimeout, Duration connectTimeout, int mostAttempts) {

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(250);

    /** A deadline of 10 s, 3 attempts of 3 s at most, 250 ms for a connection. */
    public static final CallPolicy DEFAULT = withDeadline(Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if a duration is not positive, or fewer than 1 attempt is allowed */
    public CallPolicy {
        positive("deadline", deadline);
        positive("attempt timeout", attemptTimeout);
        positive("connect timeout", connectTimeout);
        if (mostAttempts < 1) {
            throw new IllegalArgumentException("most attempts: " + mostAttempts + " (expected: 1 or more)");
        }
    }

    /** Leaves room for three attempts within the deadline. */
    public static CallPolicy withDeadline(Duration deadline) {
        Duration attempt = deadline.multipliedBy(3).dividedBy(10);
        return new CallPolicy(deadline, attempt, CONNECT_TIMEOUT, MOST_ATTEMPTS);
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: more than zero)");
        }
    }
}
