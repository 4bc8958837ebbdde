package dev.tradingplatform.discovery.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Callers that each send the next call as soon as they have the response, and the outcome of every call. */
final class Load implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** A call that returns the body of the response. */
    @FunctionalInterface
    interface Call {
        String run() throws IOException;
    }

    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean ended;

    /**
     * The outcome of one call.
     *
     * @param begin in nanoseconds of {@link System#nanoTime()}
     * @param duration until the response or the failure
     * @param response the body; empty for a failure
     * @param failure the message; empty for a response
     */
    record Outcome(long begin, Duration duration, String response, String failure) {}

    /** An action whose failure ends the test. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws IOException;
    }

    /** Runs an action that must not fail. */
    static <T> T unchecked(Action<T> action) {
        try {
            return action.run();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts the callers. */
    static Load of(int callers, Call call) {
        Load load = new Load();
        for (int caller = 0; caller < callers; caller++) {
            load.callers.add(Thread.ofVirtual().start(() -> load.run(call)));
        }
        return load;
    }

    /** Returns the outcomes of a number of calls of each caller. */
    static List<Outcome> outcomes(int callers, int callsOfEach, Call call) {
        Load load = new Load();
        for (int caller = 0; caller < callers; caller++) {
            load.callers.add(Thread.ofVirtual().start(() -> {
                for (int done = 0; done < callsOfEach; done++) {
                    load.runOnce(call);
                }
            }));
        }
        load.close();
        return List.copyOf(load.outcomes);
    }

    private void run(Call call) {
        while (!ended) {
            runOnce(call);
        }
    }

    private void runOnce(Call call) {
        long begin = System.nanoTime();
        String response = "";
        String failure = "";
        try {
            response = call.run();
        } catch (IOException failed) {
            failure = String.valueOf(failed.getMessage());
        }
        outcomes.add(new Outcome(begin, Duration.ofNanos(System.nanoTime() - begin), response, failure));
    }

    /** Waits until the callers have made this many further calls. */
    void continueFor(int calls) {
        int target = outcomes.size() + calls;
        await(() -> outcomes.size() >= target, () -> outcomes.size() + " of " + target + " calls were made");
    }

    /** Waits while the callers go on. */
    void continueFor(Duration time) {
        pause(time);
    }

    /** Waits: for a caller that pauses between its calls, or for something that must not happen. */
    static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long rest = time.toNanos(); rest > 0; rest = end - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /** Waits until a condition holds, at most 20 s. */
    static void await(BooleanSupplier condition, String complaint) {
        await(condition, () -> complaint);
    }

    private static void await(BooleanSupplier condition, Supplier<String> complaint) {
        long end = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(complaint.get());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Returns the outcomes of calls that began at or after an instant. */
    List<Outcome> since(long begin) {
        return outcomes.stream().filter(outcome -> outcome.begin() - begin >= 0).toList();
    }

    /** Returns the messages of all failures. */
    List<String> failures() {
        return outcomes.stream()
                .map(Outcome::failure)
                .filter(failure -> !failure.isEmpty())
                .toList();
    }

    /** Returns the share of each response, 0 to 1. */
    static Map<String, Double> shares(List<Outcome> outcomes) {
        double one = 1.0 / outcomes.size();
        return outcomes.stream()
                .collect(Collectors.groupingBy(Outcome::response, Collectors.summingDouble(outcome -> one)));
    }

    /** Returns the duration that the given share of calls did not exceed. */
    static Duration percentile(List<Outcome> outcomes, double share) {
        List<Duration> sorted =
                outcomes.stream().map(Outcome::duration).sorted().toList();
        return sorted.get(Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
    }

    /** Waits until every caller has completed its call. */
    @Override
    public void close() {
        ended = true;
        for (Thread caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }
}
