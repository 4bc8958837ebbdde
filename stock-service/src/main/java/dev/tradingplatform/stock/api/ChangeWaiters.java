package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.series.ChangeLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * Requests that wait for the next change, without a thread for each. While at least one waits, one thread reads the
 * number of the last change every {@value #INTERVAL_MILLIS} ms: that finds the changes of all replicas. Safe for
 * concurrent use.
 */
@Component
final class ChangeWaiters implements AutoCloseable {

    /** Requests that may wait at the same time; each holds its connection and some kilobytes. */
    static final int MAX = 1000;

    private static final long INTERVAL_MILLIS = 200;

    private final ChangeLog changes;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer = timer();
    private final List<Waiter> waiters = new ArrayList<>();
    private boolean scheduled;
    private boolean closed;

    ChangeWaiters(ChangeLog changes, LongSupplier nanoTime) {
        this.changes = changes;
        this.nanoTime = nanoTime;
    }

    private record Waiter(long after, long deadline, DeferredResult<?> result, Runnable answer) {}

    /**
     * Answers as soon as there is a change after a number, or when the wait has passed.
     *
     * @param answer makes the answer; it runs on the thread of this object and may throw what a controller may throw
     */
    <T> DeferredResult<T> await(long after, Duration wait, Supplier<T> answer) {
        // The servlet container's own timeout would answer 503.
        DeferredResult<T> result = new DeferredResult<>(0L);
        Runnable complete = () -> {
            try {
                result.setResult(answer.get());
            } catch (RuntimeException e) {
                // On the thread of a request Spring would take it from here.
                result.setErrorResult(e);
            }
        };
        if (!add(new Waiter(after, nanoTime.getAsLong() + wait.toNanos(), result, complete))) {
            complete.run();
        }
        return result;
    }

    private synchronized boolean add(Waiter waiter) {
        if (closed) {
            return false;
        }
        if (waiters.size() >= MAX) {
            throw Problems.overloaded(MAX + " other requests wait for changes");
        }
        waiters.add(waiter);
        schedule();
        return true;
    }

    /** Returns how many requests wait. */
    synchronized int count() {
        return waiters.size();
    }

    private void schedule() {
        if (!scheduled && !waiters.isEmpty()) {
            scheduled = true;
            var _ = timer.schedule(this::look, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long last;
        try {
            last = changes.last();
        } catch (RuntimeException e) {
            // Thrown here, it would end the timer, and the requests would wait without end.
            removeDue(Long.MAX_VALUE).forEach(waiter -> waiter.result().setErrorResult(e));
            return;
        }
        removeDue(last).forEach(waiter -> waiter.answer().run());
    }

    private synchronized List<Waiter> removeDue(long last) {
        long now = nanoTime.getAsLong();
        waiters.removeIf(waiter -> waiter.result().isSetOrExpired());
        List<Waiter> due = waiters.stream()
                .filter(waiter -> waiter.after() < last || waiter.deadline() - now <= 0)
                .toList();
        waiters.removeAll(due);
        scheduled = false;
        schedule();
        return due;
    }

    /** Answers all waiting requests, so that a graceful shutdown does not wait for them. */
    @EventListener(ContextClosedEvent.class)
    void release() {
        List<Waiter> all;
        synchronized (this) {
            closed = true;
            all = List.copyOf(waiters);
            waiters.clear();
        }
        all.forEach(waiter -> waiter.answer().run());
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static ScheduledExecutorService timer() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("changes").unstarted(task));
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return executor;
    }
}
