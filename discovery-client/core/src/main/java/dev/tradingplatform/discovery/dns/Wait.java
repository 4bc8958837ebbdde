package dev.tradingplatform.discovery.dns;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a thread waits. Tests replace the passing of time by a clock that they move. */
@FunctionalInterface
public interface Wait {

    /** Waits in real time. */
    Wait REAL_TIME = (event, nanos) -> {
        try {
            event.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException passed) {
            // The caller looks at the state again.
        } catch (ExecutionException failed) {
            // So does the caller of a future that fails.
        }
    };

    /**
     * Returns when the future is complete, also with a failure, or the time has passed.
     *
     * @param nanos maximum time in nanoseconds; not positive does not wait
     */
    void await(CompletableFuture<?> event, long nanos) throws InterruptedException;
}
