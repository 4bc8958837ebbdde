package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Calls that begin at a fixed rate, each on its own thread, whether or not the calls before them have ended. */
final class Traffic implements AutoCloseable {

    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    private final AtomicInteger begun = new AtomicInteger();
    private final int max;
    private final IntConsumer call;

    /**
     * What one call was like.
     *
     * @param number 0 for the first call
     * @param begin when it began, as {@link System#nanoTime()}
     * @param duration how long it took
     * @param failure what it threw
     */
    record Outcome(int number, long begin, Duration duration, Optional<Throwable> failure) {}

    private Traffic(int max, IntConsumer call) {
        this.max = max;
        this.call = call;
    }

    /** Begins a call in each interval until it is closed. */
    static Traffic every(Duration interval, Runnable call) {
        return begin(Integer.MAX_VALUE, interval, number -> call.run());
    }

    /** Makes a number of calls, one in each interval, and returns how they were. */
    static List<Outcome> of(int calls, Duration interval, IntConsumer call) {
        try (Traffic traffic = begin(calls, interval, call)) {
            await().atMost(interval.multipliedBy(calls).plus(MAX_WAIT)).until(() -> traffic.outcomes.size() == calls);
            return traffic.outcomes();
        }
    }

    /** Makes a number of calls, a part of them at once, and returns how they were. */
    static List<Outcome> atOnce(int calls, int atOnce, IntConsumer call) {
        Traffic traffic = new Traffic(calls, call);
        traffic.clock.shutdown();
        try (ExecutorService few =
                Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            for (int number = 0; number < calls; number++) {
                few.execute(traffic::callOnce);
            }
        }
        return traffic.outcomes();
    }

    private static Traffic begin(int max, Duration interval, IntConsumer call) {
        Traffic traffic = new Traffic(max, call);
        var unused = traffic.clock.scheduleAtFixedRate(traffic::next, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return traffic;
    }

    private void next() {
        if (begun.get() < max) {
            callers.execute(this::callOnce);
        }
    }

    private void callOnce() {
        int number = begun.getAndIncrement();
        if (number >= max) {
            return;
        }
        long begin = System.nanoTime();
        Optional<Throwable> failure = Optional.empty();
        try {
            call.accept(number);
        } catch (RuntimeException | Error thrown) {
            failure = Optional.of(thrown);
        }
        outcomes.add(new Outcome(number, begin, Duration.ofNanos(System.nanoTime() - begin), failure));
    }

    /** Returns the calls that have ended, in this order. */
    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    /** Waits until a further number of calls has ended. */
    void awaitCalls(int further) {
        int before = outcomes.size();
        await().atMost(MAX_WAIT).until(() -> outcomes.size() >= before + further);
    }

    /** Checks that each call had a response. */
    static void assertNoneFailed(List<Outcome> outcomes) {
        assertThat(outcomes.stream()
                        .flatMap(outcome -> outcome.failure().stream())
                        .map(Throwable::toString))
                .isEmpty();
    }

    /** Returns the longest duration of a call. */
    static Duration slowest(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::duration).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Begins no further call and waits for those in flight. */
    @Override
    public void close() {
        clock.shutdownNow();
        callers.close();
        clock.close();
    }
}
