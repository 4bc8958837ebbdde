package dev.tradingplatform.signal.discovery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Tells subscribers what discovery knows, on every change and at least each second. Each is served by its own request's
 * thread, which writes what is so at the moment of writing: nothing is queued, so one that reads slowly gets fewer
 * events and costs no more than others. Safe for concurrent use.
 */
@Component
final class EventStream implements SmartLifecycle {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 2;

    private final Changes changes;
    private final int most;
    private final Semaphore room;
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean running;

    EventStream(Changes changes, StreamSettings settings) {
        this.changes = changes;
        this.most = settings.subscribers();
        this.room = new Semaphore(most);
    }

    /**
     * Takes a seat.
     *
     * @return to be closed in the end
     * @throws TooManySubscribersException if none is free
     */
    Seat sit() {
        if (!room.tryAcquire()) {
            throw new TooManySubscribersException(most);
        }
        threads.add(Thread.currentThread());
        return new Seat();
    }

    /** One subscriber's, for its thread alone. */
    final class Seat implements AutoCloseable {

        /**
         * Writes events until the service stops.
         *
         * @param data what to tell, in one line
         * @throws IOException when the subscriber has gone, or does not read
         */
        void serve(OutputStream out, Supplier<String> data) throws IOException {
            out.write("retry: 1000\n\n".getBytes(StandardCharsets.UTF_8));
            try {
                long seen = changes.await(-1, Duration.ZERO);
                for (long id = 1; running; id++) {
                    String event = "id: %d\nevent: discovery\ndata: %s\n\n".formatted(id, data.get());
                    out.write(event.getBytes(StandardCharsets.UTF_8));
                    out.flush();
                    seen = changes.await(seen, BEAT);
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void close() {
            threads.remove(Thread.currentThread());
            room.release();
        }
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the web server begins to wait for requests under way: these would last for ever. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }

    @Override
    public void stop() {
        running = false;
        changes.count();
        try {
            if (room.tryAcquire(most, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                room.release(most);
            } else {
                // Somebody does not read, and the thread hangs in writing
                threads.forEach(Thread::interrupt);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
