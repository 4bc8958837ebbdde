package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.dns.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * Runs threads one at a time and lets time pass only while all of them wait, so that hours take seconds. A thread that
 * waits for anything but {@link #await} stops the simulation.
 */
final class VirtualTime implements LongSupplier, Wait, Executor, AttemptDeadlines.Scheduler {

    private static final long MAX_REAL_SECONDS = 20;

    /** Something that happens at an instant; events of the same instant in the order in which they were added. */
    private record Event(long nanoTime, long number, Runnable action) {}

    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanoTime).thenComparingLong(Event::number));
    private final Semaphore idle = new Semaphore(0);
    private final List<Throwable> failures = new ArrayList<>();
    private long now;
    private long number;

    /** A thread that waits. It continues once, for whichever reason comes first. */
    private final class Waiting {

        private final Semaphore semaphore = new Semaphore(0);
        private boolean continued;

        void continueThread() {
            if (!continued) {
                continued = true;
                semaphore.release();
                awaitIdle();
            }
        }
    }

    @Override
    public long getAsLong() {
        return now;
    }

    Duration elapsed() {
        return Duration.ofNanos(now);
    }

    private void add(long delay, Runnable action) {
        events.add(new Event(now + Math.max(0, delay), number++, action));
    }

    /** Runs a task on a thread of its own, after a delay. */
    void after(Duration delay, Runnable task) {
        add(delay.toNanos(), () -> {
            Thread.ofVirtual().name("simulated").start(() -> {
                try {
                    task.run();
                } catch (RuntimeException | Error failure) {
                    failures.add(failure);
                } finally {
                    idle.release();
                }
            });
            awaitIdle();
        });
    }

    @Override
    public void execute(Runnable task) {
        after(Duration.ZERO, task);
    }

    @Override
    public void schedule(Runnable task, long delay, TimeUnit unit) {
        after(Duration.ofNanos(unit.toNanos(delay)), task);
    }

    @Override
    public void await(CompletableFuture<?> event, long nanos) throws InterruptedException {
        if (event.isDone() || nanos <= 0) {
            return;
        }
        Waiting waiting = new Waiting();
        add(nanos, waiting::continueThread);
        var unused = event.whenComplete((value, failure) -> add(0, waiting::continueThread));
        idle.release();
        waiting.semaphore.acquire();
    }

    /** Lets the current thread wait. */
    void sleep(Duration duration) {
        try {
            await(new CompletableFuture<>(), duration.toNanos());
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void awaitIdle() {
        try {
            if (!idle.tryAcquire(MAX_REAL_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException(
                        "a simulated thread waits for something else than virtual time",
                        new TimeoutException(MAX_REAL_SECONDS + " s of real time"));
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Runs what is due until the end, and throws what a thread threw. */
    void runUntil(Duration end) {
        while (!events.isEmpty() && events.peek().nanoTime() <= end.toNanos()) {
            Event event = events.remove();
            now = event.nanoTime();
            event.action().run();
            if (!failures.isEmpty()) {
                throw new AssertionError("at " + elapsed(), failures.getFirst());
            }
        }
        now = Math.max(now, end.toNanos());
    }
}
