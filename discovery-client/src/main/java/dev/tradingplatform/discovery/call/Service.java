package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Balancing;
import dev.tradingplatform.discovery.balance.EndpointPool;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.EndpointStatus;
import dev.tradingplatform.discovery.endpoint.RecordType;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.endpoint.ServiceStatus;
import dev.tradingplatform.discovery.resolve.CachePolicy;
import dev.tradingplatform.discovery.resolve.CachedResolution;
import dev.tradingplatform.discovery.resolve.Resolution;
import dev.tradingplatform.discovery.resolve.Resolver;
import dev.tradingplatform.discovery.resolve.Surroundings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One service as this client knows it: its resolution, its endpoints, its retry budget. Safe for concurrent use. */
final class Service {

    /** A name that nobody has called for this long is not looked up in the background any more. */
    private static final Duration IDLE = Duration.ofMinutes(5);

    /** An endpoint that answered within this time works, whatever DNS says or does not say. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    /** What all services of a client have in common. */
    record Context(
            Resolver resolver,
            Balancing balancing,
            DiscoverySettings settings,
            DiscoveryListener listener,
            Surroundings surroundings) {}

    private static final Logger LOG = LoggerFactory.getLogger(Service.class);

    private final ServiceName name;
    private final CallPolicy policy;
    private final DiscoveryListener listener;
    private final Surroundings surroundings;
    private final EndpointPool pool;
    private final CachedResolution resolution;
    private final RetryBudget budget;
    private final ServiceGuard guard;
    private final Connections connections;
    private final Map<Endpoint, EndpointState> announced = new HashMap<>();
    private volatile long lastCall;

    Service(ServiceName name, int port, Context context) {
        this.name = name;
        this.policy = context.settings().calls(name);
        this.listener = context.listener();
        this.surroundings = context.surroundings();
        this.pool = new EndpointPool(surroundings.nanoTime(), surroundings.random(), context.balancing());
        this.resolution = new CachedResolution(
                () -> context.resolver().resolve(name, port),
                () -> context.resolver().question(name),
                CachePolicy.DEFAULT,
                surroundings,
                this::update);
        this.budget = new RetryBudget(surroundings.nanoTime());
        this.guard = new ServiceGuard(name, policy.mostConcurrentCalls(), surroundings);
        this.connections = new Connections(policy.connectTimeout());
        this.lastCall = surroundings.nanoTime().getAsLong();
    }

    private void update(Resolution resolution) {
        pool.update(resolution);
        switch (resolution) {
            case Resolution.Found found -> listener.lookedUp(name, "found", found.remark());
            case Resolution.Absent absent -> listener.lookedUp(name, "absent", absent.explanation());
            case Resolution.Unavailable unavailable ->
                listener.lookedUp(name, "unavailable", unavailable.explanation());
        }
    }

    DiscoveryListener listener() {
        return listener;
    }

    ServiceName name() {
        return name;
    }

    /** How long its calls may take. */
    CallPolicy policy() {
        return policy;
    }

    EndpointPool pool() {
        return pool;
    }

    RetryBudget budget() {
        return budget;
    }

    ServiceGuard guard() {
        return guard;
    }

    Connections connections() {
        return connections;
    }

    /**
     * Makes sure that there are endpoints to pick from; waits only while none is named and none answers.
     *
     * @param deadline in nanoseconds of elapsed time
     * @throws ServiceCallException.NoEndpoint if DNS knows of none
     */
    void awaitEndpoints(long deadline) throws InterruptedException {
        long now = surroundings.nanoTime().getAsLong();
        lastCall = now;
        boolean named = resolution.usable().isPresent() && !pool.empty();
        if (named || pool.works(PROVEN)) {
            return;
        }
        Resolution found = resolution.get(Duration.ofNanos(Math.max(0, deadline - now)));
        boolean namedByNow = found instanceof Resolution.Found && !pool.empty();
        if (!namedByNow && !pool.works(PROVEN)) {
            throw new ServiceCallException.NoEndpoint(name, found.problem());
        }
    }

    /** Keeps the resolution fresh while the service is in use. */
    void refreshIfInUse() {
        if (inUse()) {
            resolution.refreshIfDue();
        }
    }

    private boolean inUse() {
        return surroundings.nanoTime().getAsLong() - lastCall < IDLE.toNanos();
    }

    /**
     * Tries a connection to each endpoint that is out for want of one, beside the calls and not instead of them, while
     * the service is in use.
     */
    void probe() {
        if (!inUse()) {
            return;
        }
        for (Endpoint endpoint : pool.awaitingConnection()) {
            surroundings.executor().execute(() -> {
                if (connections.reachable(endpoint)) {
                    pool.reached(endpoint);
                }
            });
        }
    }

    /** Closes the connections of endpoints that have left. To be called by one thread. */
    void letGo() {
        connections.closeAllTo(pool.gone());
    }

    /** Tells who has appeared or changed since the last time. To be called by one thread. */
    void announceChanges() {
        List<EndpointStatus> shown = pool.status(surroundings.wallClock().instant());
        for (EndpointStatus status : shown) {
            EndpointState before = announced.put(status.endpoint(), status.state());
            if (before != status.state()) {
                LOG.info("{}: {} is {} ({})", name, status.endpoint(), status.state(), status.reason());
                listener.changed(name, status.endpoint(), status.state(), status.reason());
            }
        }
        List<Endpoint> known = shown.stream().map(EndpointStatus::endpoint).toList();
        announced.keySet().retainAll(known);
    }

    ServiceStatus status(RecordType record) {
        return new ServiceStatus(
                name,
                record,
                inUse(),
                resolution.stale(),
                resolution.ttlLeft(),
                resolution.problem(),
                pool.status(surroundings.wallClock().instant()));
    }
}
