package dev.tradingplatform.discovery.call;

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

/** Callers that call again and again, each as soon as it has its answer, and what became of every call. */
final class Load implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean ended;

    /**
     * One call.
     *
     * @param begun in nanoseconds of {@link System#nanoTime()}
     * @param took until the answer or the failure
     * @param answer the body; empty for a failure
     * @param failure what went wrong; empty for an answer
     */
    record Outcome(long begun, Duration took, String answer, String failure) {}

    static Load of(int callers, Supplier<String> call) {
        Load load = new Load();
        for (int caller = 0; caller < callers; caller++) {
            load.callers.add(Thread.ofVirtual().start(() -> load.run(call)));
        }
        return load;
    }

    private void run(Supplier<String> call) {
        while (!ended) {
            long begun = System.nanoTime();
            String answer = "";
            String failure = "";
            try {
                answer = call.get();
            } catch (ServiceCallException failed) {
                failure = String.valueOf(failed.getMessage());
            }
            outcomes.add(new Outcome(begun, Duration.ofNanos(System.nanoTime() - begun), answer, failure));
        }
    }

    /** Lets the callers make this many calls more. */
    void goOnFor(int calls) {
        int target = outcomes.size() + calls;
        await(() -> outcomes.size() >= target, "only " + outcomes.size() + " of " + target + " calls were made");
    }

    /** Lets the callers go on for a while. */
    void goOnFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Lets a caller take its time between two calls. */
    static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    static void await(BooleanSupplier holds, String complaint) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(complaint);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Those that began at or after a moment. */
    List<Outcome> since(long begun) {
        return outcomes.stream().filter(outcome -> outcome.begun() - begun >= 0).toList();
    }

    List<String> failures() {
        return outcomes.stream()
                .map(Outcome::failure)
                .filter(failure -> !failure.isEmpty())
                .toList();
    }

    /** Each answer's part of all, 0 to 1. */
    static Map<String, Double> shares(List<Outcome> outcomes) {
        double one = 1.0 / outcomes.size();
        return outcomes.stream().collect(Collectors.groupingBy(Outcome::answer, Collectors.summingDouble(_ -> one)));
    }

    /** The duration that the given share of calls did not exceed. */
    static Duration percentile(List<Outcome> outcomes, double share) {
        List<Duration> sorted = outcomes.stream().map(Outcome::took).sorted().toList();
        return sorted.get(Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
    }

    /** Lets every caller finish its call. */
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
