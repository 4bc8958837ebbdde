package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.dns.Target;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One attempt's claim on an endpoint: counts as in flight until it is told how the attempt ended, or closed. What comes
 * after the first of these does nothing.
 */
public final class Lease implements AutoCloseable {

    private final EndpointPool pool;
    private final TrackedEndpoint tracked;
    private final Set<String> aliases;
    private final long started;
    private final AtomicBoolean ended = new AtomicBoolean();

    Lease(EndpointPool pool, TrackedEndpoint tracked) {
        this.pool = pool;
        this.tracked = tracked;
        this.aliases = tracked.target().aliases();
        this.started = tracked.begin();
    }

    /** Where the attempt goes. */
    public Endpoint endpoint() {
        return tracked.endpoint();
    }

    /** What the service name was an alias of when the endpoint was claimed, as {@link Target#aliases}. */
    public Set<String> aliases() {
        return aliases;
    }

    /** The endpoint answered as it should. */
    public void succeeded() {
        if (ended.compareAndSet(false, true)) {
            tracked.succeed(started);
        }
    }

    /** The endpoint answered as it should, and said that it is shutting down. */
    public void succeededAndDrains() {
        succeeded();
        tracked.wishes().drains();
    }

    /** The endpoint did not. */
    public void failed(Fault fault) {
        if (ended.compareAndSet(false, true)) {
            tracked.fail(fault, started);
            pool.failed(tracked, fault);
        }
    }

    /** The endpoint did not, and asks not to be called for a time. */
    public void failedAndPauses(Fault fault, Duration time) {
        failed(fault);
        tracked.wishes().pauses(time);
    }

    /** If it has not been told, the attempt ended for the caller's reasons and says nothing about the endpoint. */
    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            tracked.abandon();
        }
    }
}
