package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.ServiceActivity;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.ServiceStatus;
import dev.tradingplatform.discovery.balancer.EndpointPool;
import dev.tradingplatform.discovery.balancer.PooledEndpoint;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.CachePolicy;
import dev.tradingplatform.discovery.dns.CachedResolution;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Resolver;
import dev.tradingplatform.discovery.dns.ServiceName;
import dev.tradingplatform.discovery.dns.Wait;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** One service as this client knows it: its resolution, its endpoints, its budgets. Safe for concurrent use. */
final class Service {

    /** A service that is called regularly is remembered for this long after its last call. */
    static final Duration MAX_IDLE = Duration.ofMinutes(5);

    /** A name with fewer calls than this may be one of thousands that are called once each. */
    private static final int FEW_CALLS = 10;

    private static final Duration MAX_IDLE_AFTER_FEW_CALLS = Duration.ofSeconds(30);

    /** An endpoint that responded within this time is used, whatever DNS says. */
    private static final Duration PROVEN = Duration.ofMinutes(1);

    /** For how long after the first lookup of a name calls wait for it to appear in DNS. */
    private static final Duration MAX_WAIT_FOR_NAME = Duration.ofSeconds(3);

    private static final double RETRY_SHARE = 0.15;
    private static final int RETRIES_PER_SECOND = 5;
    private static final int RETRY_BURST = 100;

    /** Hedged attempts may add a twentieth to the load. */
    private static final double HEDGE_SHARE = 0.05;

    private static final int HEDGES_PER_SECOND = 1;
    private static final int HEDGE_BURST = 50;

    private static final long MIN_HEDGE_DELAY_NANOS = Duration.ofMillis(50).toNanos();
    private static final int HEDGE_DELAY_FACTOR = 3;

    /**
     * What all services of a client share.
     *
     * @param listener receives the events
     * @param zone the client's own availability zone
     * @param slowStart time in which an endpoint that joins later reaches its full share
     * @param nanoTime elapsed time in nanoseconds
     * @param wallClock only for what is shown
     * @param random safe for concurrent use
     * @param executor for lookups, probes and hedged attempts, which block
     * @param waiting how callers wait for a lookup
     * @param prober connects to endpoints that may be down
     */
    record Environment(
            DiscoveryListener listener,
            Zone zone,
            Duration slowStart,
            LongSupplier nanoTime,
            InstantSource wallClock,
            RandomGenerator random,
            Executor executor,
            Wait waiting,
            Prober prober) {}

    /** Finds out whether an endpoint accepts connections. */
    @FunctionalInterface
    interface Prober {

        /** Opens a TCP connection and closes it again. */
        Prober TCP = Service::connects;

        /** Blocks for the timeout at most. */
        boolean connects(Endpoint endpoint, Duration timeout);
    }

    private final ServiceName name;
    private final ServiceSettings settings;
    private final Environment environment;
    private final EndpointPool pool;
    private final CachedResolution resolution;
    private final RetryBudget retryBudget;
    private final RetryBudget hedgeBudget;
    private final ServiceLimiter limiter;
    private final Activity activity = new Activity();
    private final AtomicLong calls = new AtomicLong();
    private final long created;
    private volatile long lastCall;
    private volatile boolean everFound;
    private volatile boolean unknownToDns;

    Service(ServiceName name, int port, ServiceSettings settings, Resolver resolver, Environment environment) {
        this.name = name;
        this.settings = settings;
        this.environment = environment;
        LongSupplier nanoTime = environment.nanoTime();
        this.pool = new EndpointPool(
                nanoTime, environment.random(), environment.zone(), environment.slowStart(), new PoolListener());
        this.resolution = new CachedResolution(
                () -> resolver.resolve(name, port),
                () -> resolver.query(name),
                CachePolicy.DEFAULT,
                nanoTime,
                environment.random(),
                environment.executor(),
                this::update,
                environment.waiting());
        this.retryBudget = new RetryBudget(RETRY_SHARE, RETRIES_PER_SECOND, RETRY_BURST, nanoTime);
        this.hedgeBudget = new RetryBudget(HEDGE_SHARE, HEDGES_PER_SECOND, HEDGE_BURST, nanoTime);
        this.limiter = new ServiceLimiter(name.value());
        this.created = nanoTime.getAsLong();
        this.lastCall = created;
    }

    private void update(Resolution found) {
        pool.update(found);
        if (found instanceof Resolution.Found some && !some.complete()) {
            activity.count(Activity.Event.PARTIAL_ANSWER);
        }
        String outcome = switch (found) {
            case Resolution.Found some -> "found";
            case Resolution.Absent none -> "absent";
            case Resolution.Unavailable failed -> "unavailable";
        };
        everFound |= found instanceof Resolution.Found;
        unknownToDns = !everFound && found instanceof Resolution.Absent absent && !absent.nameExists();
        environment.listener().onLookup(name.value(), outcome, found.warning());
    }

    private final class PoolListener implements EndpointPool.Listener {

        @Override
        public void onChange(Endpoint endpoint, EndpointState state, String reason) {
            environment.listener().onEndpointChange(name.value(), endpoint, state, reason);
        }

        @Override
        public void onProbeWanted() {
            probe();
        }
    }

    void onAttempt(Endpoint endpoint, String outcome, boolean hedged) {
        environment.listener().onAttempt(name.value(), endpoint, outcome, hedged);
    }

    void onCallCompleted(String outcome, long begin) {
        environment
                .listener()
                .onCall(
                        name.value(),
                        outcome,
                        Duration.ofNanos(environment.nanoTime().getAsLong() - begin));
    }

    /** Returns the absolute DNS name, without the final dot. */
    String name() {
        return name.value();
    }

    ServiceSettings settings() {
        return settings;
    }

    EndpointPool pool() {
        return pool;
    }

    RetryBudget retryBudget() {
        return retryBudget;
    }

    RetryBudget hedgeBudget() {
        return hedgeBudget;
    }

    Activity activity() {
        return activity;
    }

    ServiceLimiter limiter() {
        return limiter;
    }

    /** Counts a call. */
    void called() {
        lastCall = environment.nanoTime().getAsLong();
        calls.incrementAndGet();
        retryBudget.onCall();
        hedgeBudget.onCall();
    }

    /** Whether DNS lists endpoints of a service. */
    enum Availability {
        /** There are endpoints to pick from. */
        KNOWN,
        /** DNS says that the name does not exist (NXDOMAIN), and it never did while this client looked. */
        NO_SUCH_NAME
    }

    /**
     * Makes sure that there are endpoints to pick from. Waits only while none is known.
     *
     * @param deadline in nanoseconds of elapsed time
     * @param knownToSystem whether the system's resolver knows the host, asked only if DNS says NXDOMAIN
     * @throws DiscoveryException.NoEndpoint if DNS lists none
     */
    Availability awaitEndpoints(long deadline, BooleanSupplier knownToSystem)
            throws DiscoveryException.NoEndpoint, InterruptedException {
        boolean listed = resolution.usable().isPresent() && !pool.isEmpty();
        if (listed || pool.answeredWithin(PROVEN)) {
            return Availability.KNOWN;
        }
        Resolution found = resolution.get(untilDeadline(deadline));
        if (!(found instanceof Resolution.Found) && unknownToDns && knownToSystem.getAsBoolean()) {
            return Availability.NO_SUCH_NAME;
        }
        if (!(found instanceof Resolution.Found) && !everFound) {
            found = awaitFirst(found, deadline);
        }
        if ((found instanceof Resolution.Found && !pool.isEmpty()) || pool.answeredWithin(PROVEN)) {
            return Availability.KNOWN;
        }
        throw new DiscoveryException.NoEndpoint(name.value(), found.warning());
    }

    // A service that starts together with this client may not be registered yet.
    private Resolution awaitFirst(Resolution latest, long deadline) throws InterruptedException {
        long end = created + MAX_WAIT_FOR_NAME.toNanos();
        Duration wait = untilDeadline(end - deadline < 0 ? end : deadline);
        return wait.isZero() ? latest : resolution.awaitFound(wait);
    }

    private Duration untilDeadline(long deadline) {
        return Duration.ofNanos(Math.max(0, deadline - environment.nanoTime().getAsLong()));
    }

    /** Looks the name up again although its TTL has not ended, because no known endpoint accepts calls. */
    void resolveAgain(long deadline) throws InterruptedException {
        resolution.resolveAgain(untilDeadline(deadline));
    }

    /** Returns whether the name is unknown to DNS as far as this client knows. */
    boolean unknownToDns() {
        return unknownToDns;
    }

    /**
     * Returns how long an attempt may take before a hedged attempt starts.
     *
     * @param time from the begin of the call to its deadline
     */
    Duration hedgeDelay(boolean safe, Duration time) {
        long max = maxHedgeDelay(time).toNanos();
        long usual = pool.latencyP95().toNanos();
        long delay = safe && usual > 0 ? Math.max(usual * HEDGE_DELAY_FACTOR, MIN_HEDGE_DELAY_NANOS) : max;
        return Duration.ofNanos(Math.min(delay, max));
    }

    /** Returns the time after which a call should not depend on one endpoint alone. */
    static Duration maxHedgeDelay(Duration time) {
        return Duration.ofNanos(time.toNanos() / 10 * 3);
    }

    /**
     * Returns how long an attempt must have waited in vain for that to count against its endpoint.
     *
     * @param deadline usual time of a call, not that of a caller with less time
     */
    static Duration enough(Duration deadline) {
        return Duration.ofNanos(deadline.toNanos() / 100 * 27);
    }

    /** Returns whether the service is still called. */
    boolean inUse() {
        Duration max = calls.get() < FEW_CALLS ? MAX_IDLE_AFTER_FEW_CALLS : MAX_IDLE;
        return limiter.inFlight() > 0 || environment.nanoTime().getAsLong() - lastCall < max.toNanos();
    }

    /** Does what is due: a lookup, probes. To be called about once a second. */
    void maintain() {
        resolution.refreshIfDue();
        probe();
    }

    /** Connects to each endpoint that is to be probed, and reports the outcome to the pool. Does not block. */
    void probe() {
        for (PooledEndpoint endpoint : pool.awaitingProbe()) {
            environment.executor().execute(() -> probe(endpoint));
        }
    }

    private void probe(PooledEndpoint endpoint) {
        activity.count(Activity.Event.PROBE);
        if (environment.prober().connects(endpoint.endpoint(), settings.connectTimeout())) {
            pool.probeSucceeded(endpoint);
        } else {
            pool.probeFailed(endpoint);
        }
    }

    private static boolean connects(Endpoint endpoint, Duration timeout) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(endpoint.address(), endpoint.port()), Math.toIntExact(timeout.toMillis()));
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    List<Endpoint> removedEndpoints() {
        return pool.removed();
    }

    ServiceStatus status() {
        return new ServiceStatus(
                name.value(),
                settings.recordType(),
                inUse(),
                resolution.stale(),
                resolution.remainingTtl(),
                resolution.warning(),
                new ServiceActivity(
                        calls.get(),
                        activity.get(Activity.Event.RETRY),
                        activity.get(Activity.Event.HEDGED_ATTEMPT),
                        activity.get(Activity.Event.STALE_CONNECTION),
                        activity.get(Activity.Event.PAUSE),
                        resolution.earlyLookups(),
                        activity.get(Activity.Event.PROBE),
                        activity.get(Activity.Event.PARTIAL_ANSWER),
                        retryBudget.left(),
                        hedgeBudget.left()),
                pool.status(environment.wallClock().instant()));
    }
}
