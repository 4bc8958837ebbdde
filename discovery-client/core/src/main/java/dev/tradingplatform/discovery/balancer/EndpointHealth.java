package dev.tradingplatform.discovery.balancer;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Whether one endpoint may take calls, by what its calls came to. The window, the rate and the states are a
 * resilience4j breaker's; what opens it beyond the rate is decided here, because with two to four endpoints a rate over
 * a hundred calls comes too late: most faults speak for themselves the first time. Safe for concurrent use.
 */
final class EndpointHealth {

    private static final int WINDOW_SECONDS = 20;
    private static final int FEWEST_CALLS = 10;
    private static final float HIGHEST_FAILURE_PERCENT = 50;
    private static final int GATEWAY_FAILURES_IN_A_ROW = 3;
    private static final int BROKEN_KEPT_CONNECTIONS_IN_A_ROW = 2;

    private static final Duration FIRST_EJECTION = Duration.ofSeconds(5);
    private static final Duration LONGEST_EJECTION = Duration.ofSeconds(60);
    private static final int EJECTION_DOUBLINGS = 4;
    private static final double EJECTION_JITTER = 0.2;

    /** After a failure that was not enough for ejection, others are preferred for this long. */
    private static final Duration SUSPICION = Duration.ofSeconds(1);

    private final CircuitBreaker breaker;
    private final LongSupplier nanoTime;
    private int failuresInARow;
    private long lastSuccess;
    private boolean everSucceeded;
    private long suspectUntil;
    private long ejectedAt;
    private Fault lastFault = Fault.UNREACHABLE;

    EndpointHealth(String name, LongSupplier nanoTime, RandomGenerator random) {
        this.nanoTime = nanoTime;
        Clock clock = new ElapsedClock(nanoTime);
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .clock(clock)
                        .currentTimestampFunction(_ -> nanoTime.getAsLong(), TimeUnit.NANOSECONDS)
                        .slidingWindow(WINDOW_SECONDS, FEWEST_CALLS, SlidingWindowType.TIME_BASED)
                        .recordResult(Fault.class::isInstance)
                        .failureRateThreshold(HIGHEST_FAILURE_PERCENT)
                        .permittedNumberOfCallsInHalfOpenState(1)
                        .waitIntervalFunctionInOpenState(ejections -> ejectionMillis(ejections, random))
                        .build());
        long now = nanoTime.getAsLong();
        lastSuccess = now - 1;
        suspectUntil = now;
        ejectedAt = now;
    }

    private static long ejectionMillis(int ejections, RandomGenerator random) {
        long doubled = FIRST_EJECTION.toMillis() << Math.clamp(ejections - 1, 0, EJECTION_DOUBLINGS);
        double jitter = 1 + EJECTION_JITTER * (2 * random.nextDouble() - 1);
        return (long) (Math.min(doubled, LONGEST_EJECTION.toMillis()) * jitter);
    }

    boolean takesCalls() {
        return breaker.getState() == CircuitBreaker.State.CLOSED;
    }

    /** Whether others should be preferred, though it takes calls. */
    synchronized boolean suspect() {
        return nanoTime.getAsLong() - suspectUntil < 0;
    }

    /** Whether a call has succeeded since then, in nanoseconds of elapsed time. */
    synchronized boolean answeredSince(long then) {
        return everSucceeded && lastSuccess - then >= 0;
    }

    /** Takes the one call that may find out whether an ejected endpoint has recovered, if its time has come. */
    boolean claimTrial() {
        return !takesCalls() && breaker.tryAcquirePermission();
    }

    /** Gives a trial back that came to nothing, so that another call may make it. */
    void abandoned() {
        if (breaker.getState() == CircuitBreaker.State.HALF_OPEN) {
            breaker.releasePermission();
        }
    }

    /** Whether it is out for want of a connection, so that a connection alone would bring it back. */
    synchronized boolean awaitsConnection() {
        return !takesCalls() && lastFault == Fault.UNREACHABLE;
    }

    /** Whether it is out because no call can reach the service that is meant there. */
    synchronized boolean outOfReach() {
        return !takesCalls() && (lastFault == Fault.UNREACHABLE || lastFault == Fault.FOREIGN);
    }

    /** When it was ejected last, in nanoseconds of elapsed time. */
    synchronized long ejectedAt() {
        return ejectedAt;
    }

    /** Lets it take calls again, whatever it did before. */
    synchronized void readmit() {
        suspectUntil = nanoTime.getAsLong();
        failuresInARow = 0;
        breaker.transitionToClosedState();
    }

    /**
     * An attempt succeeded.
     *
     * @param started when it began, in nanoseconds
     */
    synchronized void succeeded(long started) {
        long now = nanoTime.getAsLong();
        lastSuccess = now;
        everSucceeded = true;
        failuresInARow = 0;
        suspectUntil = now;
        if (takesCalls()) {
            breaker.onSuccess(now - started, TimeUnit.NANOSECONDS);
        } else if (started - ejectedAt > 0) {
            // A trial, or a call made because nobody else was left. What had begun before the ejection proves nothing.
            breaker.transitionToClosedState();
        }
    }

    /**
     * An attempt failed.
     *
     * @param started when it began, in nanoseconds
     */
    synchronized void failed(Fault fault, long started) {
        long now = nanoTime.getAsLong();
        failuresInARow++;
        suspectUntil = now + SUSPICION.toNanos();
        lastFault = fault;
        boolean wasOut = !takesCalls();
        breaker.onResult(now - started, TimeUnit.NANOSECONDS, fault);
        if (takesCalls() && speaksForItself(fault, started)) {
            breaker.transitionToOpenState();
        }
        if (!wasOut && !takesCalls()) {
            ejectedAt = now;
        }
    }

    private boolean speaksForItself(Fault fault, long started) {
        return switch (fault) {
            case UNREACHABLE, BROKEN, FOREIGN -> true;
            case STALE_CONNECTION -> failuresInARow >= BROKEN_KEPT_CONNECTIONS_IN_A_ROW;
            // Answers to others meanwhile mean that this call was slow, not the endpoint.
            case TIMED_OUT -> lastSuccess - started < 0;
            case GATEWAY_STATUS -> failuresInARow >= GATEWAY_FAILURES_IN_A_ROW;
            case SERVER_ERROR -> false;
        };
    }

    /** Why it is ejected or suspect, in plain words. */
    synchronized String reason() {
        return failuresInARow > 1 ? lastFault.words() + ", " + failuresInARow + " times in a row" : lastFault.words();
    }
}
