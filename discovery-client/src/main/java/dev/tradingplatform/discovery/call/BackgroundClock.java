package dev.tradingplatform.discovery.call;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does things from time to time, on two threads of its own: a listener that takes its time must not let a call take
 * longer.
 */
final class BackgroundClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(BackgroundClock.class);
    private static final int THREADS = 2;

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().daemon().name("discovery-clock-", 1).factory());

    /** Goes on until this is closed, whatever the task throws. */
    void every(long millis, Runnable task) {
        Runnable lasting = () -> {
            try {
                task.run();
            } catch (RuntimeException | Error fault) {
                // An executor drops a task that throws, and with it every later lookup, probe or deadline. An error may
                // be a listener's deep recursion, or a thread too many for the machine at that moment.
                LOG.warn("A task in the background failed, and goes on", fault);
            }
        };
        var _ = threads.scheduleWithFixedDelay(lasting, millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
