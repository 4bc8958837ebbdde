package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.ElapsedClock;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.resolve.Surroundings;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a service that is down as a whole from holding its callers: no more than so many calls at once, and while
 * nearly none has an answer, most fail at once. The breaker opens for a second only, so that recovery is noticed within
 * two, and the first answer closes it. Safe for concurrent use.
 */
final class ServiceGuard {

    private static final int WINDOW_SECONDS = 10;
    private static final int FEWEST_CALLS = 50;
    private static final float UNANSWERED_PERCENT = 95;
    private static final int TRIAL_CALLS = 5;
    private static final Duration OPEN = Duration.ofSeconds(1);

    private final ServiceName service;
    private final Surroundings surroundings;
    private final int mostCalls;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private volatile long openedAt;

    ServiceGuard(ServiceName service, int mostCalls, Surroundings surroundings) {
        this.service = service;
        this.mostCalls = mostCalls;
        this.surroundings = surroundings;
        this.bulkhead = Bulkhead.of(
                service.value(),
                BulkheadConfig.custom()
                        .maxConcurrentCalls(mostCalls)
                        .maxWaitDuration(Duration.ZERO)
                        .build());
        this.breaker = CircuitBreaker.of(
                service.value(),
                CircuitBreakerConfig.custom()
                        .clock(new ElapsedClock(surroundings.nanoTime()))
                        .currentTimestampFunction(_ -> surroundings.nanoTime().getAsLong(), TimeUnit.NANOSECONDS)
                        .slidingWindow(WINDOW_SECONDS, FEWEST_CALLS, SlidingWindowType.TIME_BASED)
                        .failureRateThreshold(UNANSWERED_PERCENT)
                        .waitDurationInOpenState(OPEN)
                        .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                        .maxWaitDurationInHalfOpenState(OPEN)
                        .recordResult(Boolean.FALSE::equals)
                        .build());
    }

    /**
     * Lets a call in; {@link #leave} or {@link #leaveUnjudged} must follow.
     *
     * @throws ServiceCallException.Rejected if there are too many, or the service has not answered anybody lately
     */
    void enter() {
        if (!breaker.tryAcquirePermission()) {
            throw new ServiceCallException.Rejected(
                    service, "hardly any call was answered in the last " + WINDOW_SECONDS + " s; trying again soon");
        }
        if (!bulkhead.tryAcquirePermission()) {
            breaker.releasePermission();
            throw new ServiceCallException.Rejected(service, mostCalls + " calls are under way already");
        }
    }

    /** For a call that cannot tell whether the service answers: in too great a hurry, or with nobody to ask. */
    void leaveUnjudged() {
        bulkhead.onComplete();
        breaker.releasePermission();
    }

    /** @param begun when the call began, in nanoseconds */
    void leave(boolean answered, long begun) {
        bulkhead.onComplete();
        long now = surroundings.nanoTime().getAsLong();
        boolean wasOpen = open();
        if (wasOpen && answered && begun - openedAt > 0) {
            // One answer decides: the breaker waits for all its trials, and forgets those that take longer than a
            // second, so that a service with few or slow calls would stay shut off. What had begun before proves
            // nothing.
            breaker.transitionToClosedState();
            return;
        }
        breaker.onResult(now - begun, TimeUnit.NANOSECONDS, answered);
        if (!wasOpen && open()) {
            openedAt = now;
        }
    }

    /** Whether there are calls that have not left. */
    boolean inUse() {
        return bulkhead.getMetrics().getAvailableConcurrentCalls() < mostCalls;
    }

    private boolean open() {
        return breaker.getState() != CircuitBreaker.State.CLOSED;
    }
}
