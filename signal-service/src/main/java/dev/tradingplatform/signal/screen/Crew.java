package dev.tradingplatform.signal.screen;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Iterator;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Works off many small jobs, a bounded number at a time, of all callers together. The next job of a caller begins when
 * it has taken a result: whoever takes results slowly gets them slowly, and none pile up. Safe for concurrent use.
 */
@Component
@EnableConfigurationProperties(ScreenSettings.class)
final class Crew {

    private final int most;
    private final Semaphore places;

    Crew(ScreenSettings settings) {
        most = settings.parallelism();
        places = new Semaphore(most, true);
    }

    /** Takes results one after the other. */
    @FunctionalInterface
    interface Sink<R> {
        void take(R result) throws IOException;
    }

    /**
     * Does every job and gives the results in the order in which they come, on the calling thread.
     *
     * @param work tells failures in its results; what it throws all the same ends everything
     * @throws IOException from the sink; no further job begins then, and those under way end by themselves: to
     *     interrupt their calls would look like a failure of the endpoints
     */
    <J, R> void each(Iterator<J> jobs, Function<J, R> work, Sink<R> sink) throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        CompletionService<R> done = new ExecutorCompletionService<>(job -> begin(job, over));
        int underWay = 0;
        try {
            while (jobs.hasNext() || underWay > 0) {
                while (jobs.hasNext() && underWay < most) {
                    J job = jobs.next();
                    var _ = done.submit(() -> work.apply(job));
                    underWay++;
                }
                sink.take(done.take().get());
                underWay--;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A job failed instead of telling so", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service stops");
        } finally {
            over.set(true);
        }
    }

    private void begin(Runnable job, AtomicBoolean over) {
        Thread.ofVirtual().name("screen").start(() -> {
            places.acquireUninterruptibly();
            try {
                if (!over.get()) {
                    job.run();
                }
            } finally {
                places.release();
            }
        });
    }
}
