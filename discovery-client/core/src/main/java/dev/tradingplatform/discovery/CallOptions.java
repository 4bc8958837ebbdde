package dev.tradingplatform.discovery;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Options for the calls that one thread makes within a block of code. They work with every client that the library
 * serves (RestClient, RestTemplate, HTTP interfaces, HttpClient), because the thread that calls also runs the attempts:
 *
 * <pre>{@code
 * Quote quote = CallOptions.NONE.withDeadline(Duration.ofSeconds(2)).run(() -> stock.quote("TICKER_1"));
 * }</pre>
 *
 * Immutable. Within nested blocks the earliest deadline and the smallest maximum of attempts hold. Threads that are
 * started within a block do not inherit its options.
 */
public final class CallOptions {

    private static final ThreadLocal<CallOptions> CURRENT = new ThreadLocal<>();

    /** Changes nothing. */
    public static final CallOptions NONE =
            new CallOptions(OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), false);

    private final OptionalLong timeoutNanos;
    private final OptionalLong deadlineNanoTime;
    private final OptionalInt maxAttempts;
    private final boolean bypass;

    private CallOptions(
            OptionalLong timeoutNanos, OptionalLong deadlineNanoTime, OptionalInt maxAttempts, boolean bypass) {
        this.timeoutNanos = timeoutNanos;
        this.deadlineNanoTime = deadlineNanoTime;
        this.maxAttempts = maxAttempts;
        this.bypass = bypass;
    }

    /**
     * Returns a copy in which each call has this deadline, counted from its start, in place of the service's.
     *
     * @throws IllegalArgumentException if it is not more than zero
     */
    public CallOptions withDeadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline: " + deadline + " (expected: more than zero)");
        }
        return new CallOptions(OptionalLong.of(deadline.toNanos()), deadlineNanoTime, maxAttempts, bypass);
    }

    /**
     * Returns a copy in which all calls end at the given instant, if they have not ended before. For a server that
     * passes the deadline of its caller on.
     *
     * @param nanoTime a value of {@link System#nanoTime()}
     */
    public CallOptions withDeadlineAt(long nanoTime) {
        return new CallOptions(timeoutNanos, OptionalLong.of(nanoTime), maxAttempts, bypass);
    }

    /**
     * Returns a copy with another maximum of attempts that reach an endpoint. 1 switches retries and hedged attempts
     * off; a connect that fails is still followed by a connect to another endpoint.
     *
     * @throws IllegalArgumentException if it is less than 1
     */
    public CallOptions withMaxAttempts(int attempts) {
        if (attempts < 1) {
            throw new IllegalArgumentException("maxAttempts: " + attempts + " (expected: 1 or more)");
        }
        return new CallOptions(timeoutNanos, deadlineNanoTime, OptionalInt.of(attempts), bypass);
    }

    /** Returns a copy in which calls bypass the library: the system's resolver, one attempt, HttpClient's timeouts. */
    public CallOptions withBypass() {
        return new CallOptions(timeoutNanos, deadlineNanoTime, maxAttempts, true);
    }

    /** Runs an action; the calls that this thread makes meanwhile have these options. */
    public <T> T run(Supplier<T> action) {
        try (Scope scope = open()) {
            return scope.of(action);
        }
    }

    /** Runs an action; the calls that this thread makes meanwhile have these options. */
    public void run(Runnable action) {
        try (Scope scope = open()) {
            scope.of(() -> {
                action.run();
                return true;
            });
        }
    }

    /** Applies these options to the calls of this thread until the scope is closed, by the same thread. */
    public Scope open() {
        CallOptions outer = CURRENT.get();
        CURRENT.set(outer == null ? this : outer.and(this));
        return new Scope(outer);
    }

    private CallOptions and(CallOptions inner) {
        return new CallOptions(
                min(timeoutNanos, inner.timeoutNanos),
                earlier(deadlineNanoTime, inner.deadlineNanoTime),
                maxAttempts.isPresent() && inner.maxAttempts.isPresent()
                        ? OptionalInt.of(Math.min(maxAttempts.getAsInt(), inner.maxAttempts.getAsInt()))
                        : maxAttempts.isPresent() ? maxAttempts : inner.maxAttempts,
                bypass || inner.bypass);
    }

    private static OptionalLong min(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(Math.min(one.getAsLong(), other.getAsLong()))
                : one.isPresent() ? one : other;
    }

    // Values of nanoTime are compared by their difference, because they may overflow.
    private static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() - other.getAsLong() < 0 ? one.getAsLong() : other.getAsLong())
                : one.isPresent() ? one : other;
    }

    /** Returns the options of this thread. */
    public static CallOptions current() {
        CallOptions options = CURRENT.get();
        return options == null ? NONE : options;
    }

    /** Returns the instant at which a call that starts now ends. */
    public long deadline(long now, Duration usual) {
        long deadline = now + timeoutNanos.orElse(usual.toNanos());
        long limit = deadlineNanoTime.orElse(deadline);
        return limit - deadline < 0 ? limit : deadline;
    }

    /** Returns the maximum of attempts that reach an endpoint. */
    public int maxAttempts(int usual) {
        return maxAttempts.orElse(usual);
    }

    /** Returns whether calls bypass the library. */
    public boolean bypass() {
        return bypass;
    }

    /** The options' validity on one thread. */
    public static final class Scope implements AutoCloseable {

        private final CallOptions outer;

        private Scope(CallOptions outer) {
            this.outer = outer;
        }

        private <T> T of(Supplier<T> action) {
            return action.get();
        }

        @Override
        public void close() {
            CURRENT.set(outer);
        }
    }
}
