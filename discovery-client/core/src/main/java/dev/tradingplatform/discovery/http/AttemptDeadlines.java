package dev.tradingplatform.discovery.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends attempts whose deadline has passed. A socket's own timeout ends silence to the millisecond, but it starts again
 * with each byte: an endpoint that sends a byte now and then, or that accepts the request as slowly, would hold its
 * caller for ever. So all attempts in flight are checked every 50 ms, and not at all while there are none. A timer for
 * each attempt would cost more than the attempt's own bookkeeping. Safe for concurrent use.
 */
final class AttemptDeadlines {

    static final long INTERVAL_MILLIS = 50;

    /** An exchange that can be ended from another thread. */
    interface Abortable {

        /** Returns the instant at which it must end, in nanoseconds of elapsed time. */
        long deadline();

        /** Closes the connection; a thread that connects, writes or reads on it gets an exception. */
        void abortOverdue();

        /** Is called with each check before the deadline, with the time in nanoseconds. */
        default void onCheck(long now) {}
    }

    /** Runs tasks later. */
    interface Scheduler {

        /**
         * Runs a task once, on another thread.
         *
         * @throws RejectedExecutionException if it runs no more tasks
         */
        void schedule(Runnable task, long delay, TimeUnit unit);
    }

    private static final Logger LOG = LoggerFactory.getLogger(AttemptDeadlines.class);

    private final Set<Abortable> inFlight = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Scheduler scheduler;
    private final LongSupplier nanoTime;

    AttemptDeadlines(Scheduler scheduler, LongSupplier nanoTime) {
        this.scheduler = scheduler;
        this.nanoTime = nanoTime;
    }

    void begin(Abortable attempt) {
        inFlight.add(attempt);
        schedule();
    }

    void end(Abortable attempt) {
        inFlight.remove(attempt);
    }

    private void schedule() {
        if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
            try {
                scheduler.schedule(this::check, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException closed) {
                // The client is closed; the sockets' own timeouts still hold.
                scheduled.set(false);
            }
        }
    }

    private void check() {
        long now = nanoTime.getAsLong();
        for (Abortable attempt : inFlight) {
            checkSafely(attempt, now);
        }
        scheduled.set(false);
        if (!inFlight.isEmpty()) {
            schedule();
        }
    }

    // One attempt whose check fails must not keep the others from being checked, now and later.
    private static void checkSafely(Abortable attempt, long now) {
        try {
            if (now - attempt.deadline() >= 0) {
                attempt.abortOverdue();
            } else {
                attempt.onCheck(now);
            }
        } catch (RuntimeException failure) {
            LOG.warn("An attempt could not be checked or ended at its deadline", failure);
        }
    }
}
