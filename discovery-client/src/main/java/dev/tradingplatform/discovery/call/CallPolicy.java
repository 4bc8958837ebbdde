package dev.tradingplatform.discovery.call;

import java.time.Duration;

/**
 * How long a call and its attempts may take, and how many there may be. Immutable; begin with {@link #withDeadline}.
 *
 * @param deadline for the whole call, the wait for DNS and all attempts included
 * @param attemptTimeout for one attempt that could be repeated elsewhere. One that could not gets what the deadline
 *     leaves: to cut it short would lose the answer and win nothing
 * @param connectTimeout for one connection; within a VPC a connection takes a millisecond or two, and the kernel
 *     accepts it however busy the service is, so that a quarter of a second tells a dead address from a slow one
 * @param mostAttempts how many attempts may reach endpoints, the first included; connections that fail do not count,
 *     since they send nothing
 * @param mostConcurrentCalls how many calls of one service may be under way at once
 * @param hedgeAfter how long a GET may take before a second attempt elsewhere joins it; zero for never
 */
public record CallPolicy(
        Duration deadline,
        Duration attemptTimeout,
        Duration connectTimeout,
        int mostAttempts,
        int mostConcurrentCalls,
        Duration hedgeAfter) {

    private static final int MOST_ATTEMPTS = 3;
    private static final int MOST_CONCURRENT_CALLS = 1_000;
    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(250);

    /** A deadline of 10 s, 3 attempts of 3 s at most, 250 ms for a connection, 1,000 calls at once, no hedging. */
    public static final CallPolicy DEFAULT = withDeadline(Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if a duration or a number is not positive; the hedge may be zero */
    public CallPolicy {
        positive("deadline", deadline);
        positive("attempt timeout", attemptTimeout);
        positive("connect timeout", connectTimeout);
        positive("most attempts", mostAttempts);
        positive("most concurrent calls", mostConcurrentCalls);
        if (hedgeAfter.isNegative()) {
            throw new IllegalArgumentException("hedge after: " + hedgeAfter + " (expected: zero or more)");
        }
    }

    /** The defaults with room for three attempts within the deadline. */
    public static CallPolicy withDeadline(Duration deadline) {
        return new CallPolicy(
                deadline, attempt(deadline), CONNECT_TIMEOUT, MOST_ATTEMPTS, MOST_CONCURRENT_CALLS, Duration.ZERO);
    }

    private static Duration attempt(Duration deadline) {
        return deadline.multipliedBy(3).dividedBy(10);
    }

    /** Whoever gives no answer within this time had about the time of an attempt, and is slow or gone. */
    Duration enough() {
        Duration usual = attemptTimeout.compareTo(deadline) < 0 ? attemptTimeout : deadline;
        return usual.multipliedBy(9).dividedBy(10);
    }

    /** The same for calls that may take shorter or longer, with room for three attempts again. */
    CallPolicy within(Duration other) {
        return new CallPolicy(other, attempt(other), connectTimeout, mostAttempts, mostConcurrentCalls, hedgeAfter);
    }

    /** The same with another connect timeout. */
    public CallPolicy withConnectTimeout(Duration other) {
        return new CallPolicy(deadline, attemptTimeout, other, mostAttempts, mostConcurrentCalls, hedgeAfter);
    }

    /** The same with another bound on calls at once. */
    public CallPolicy withMostConcurrentCalls(int other) {
        return new CallPolicy(deadline, attemptTimeout, connectTimeout, mostAttempts, other, hedgeAfter);
    }

    /** The same with hedging. */
    public CallPolicy withHedgeAfter(Duration other) {
        return new CallPolicy(deadline, attemptTimeout, connectTimeout, mostAttempts, mostConcurrentCalls, other);
    }

    private static void positive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + ": " + duration + " (expected: more than zero)");
        }
    }

    private static void positive(String name, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(name + ": " + number + " (expected: 1 or more)");
        }
    }
}
