package dev.tradingplatform.signal.discovery;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.signal.market.StockQuotes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.stereotype.Component;

/**
 * Sees to it, while somebody watches, that a replica's end is known within two seconds. discovery-client learns of it
 * from a call that meets the dead replica, and a service nobody uses makes no calls: so each second the replicas are
 * sent a few small ones, however many watch. Safe for concurrent use.
 */
@Component
final class Rounds implements AutoCloseable {

    /** A little less than the second at which watchers come by. */
    private static final Duration PAUSE = Duration.ofMillis(900);

    /** Sent at once they spread over the replicas, for each goes where few are under way. */
    private static final int CALLS_PER_ENDPOINT = 2;

    private static final int MOST_CALLS = 20;

    private final ServiceStatuses statuses;
    private final StockQuotes quotes;
    private final InstantSource clock;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private Instant last = Instant.EPOCH;

    Rounds(ServiceStatuses statuses, StockQuotes quotes, InstantSource clock) {
        this.statuses = statuses;
        this.quotes = quotes;
        this.clock = clock;
    }

    /** Makes a round, unless there was one within the last second; does not wait for its calls. */
    synchronized void walk() {
        Instant now = clock.instant();
        if (now.isBefore(last.plus(PAUSE))) {
            return;
        }
        last = now;
        long active = statuses.now().stream()
                .flatMap(service -> service.endpoints().stream())
                .filter(endpoint -> endpoint.state() == EndpointState.ACTIVE)
                .count();
        for (int i = 0; i < Math.min(MOST_CALLS, CALLS_PER_ENDPOINT * active); i++) {
            callers.execute(quotes::touch);
        }
    }

    @Override
    public void close() {
        callers.shutdownNow();
    }
}
