package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The endpoints of one service and their state. Resolutions and results of attempts go in, endpoints to call come out.
 * Safe for concurrent use.
 *
 * <p>A pick reads an immutable {@link Rotation} and takes no lock. Whatever changes the state of an endpoint does so
 * under one lock, replaces the rotation if an endpoint enters or leaves it, and reports to the {@link Listener} after
 * the lock is released. The pool has no thread: it applies changes that time alone causes (the end of an ejection, a
 * pause or a warm-up step) when it is used next.
 */
public final class EndpointPool {

    /** Receives what a client would otherwise have to poll for. Called on the thread that causes the event. */
    public interface Listener {

        /** Ignores all events. */
        Listener NONE = (endpoint, state, reason) -> {};

        /**
         * An endpoint was found, or its state is another one. Changes of one pool are reported one after the other, in
         * their order. An endpoint that changes between active and suspect all the time is reported once per second on
         * average. {@link EndpointState#REMOVED} may be reported again if a late attempt ends: the connections to the
         * endpoint may be closed then, see {@link EndpointPool#removed}.
         *
         * @param reason why it is in this state, as a phrase
         */
        void onChange(Endpoint endpoint, EndpointState state, String reason);

        /** {@link EndpointPool#awaitingProbe} may return an endpoint earlier than before, possibly at once. */
        default void onProbeWanted() {}
    }

    /** How long a removed endpoint is listed in the status. */
    private static final Duration LISTED_AFTER_REMOVAL = Duration.ofMinutes(1);

    /** An endpoint that joins later reaches its full share in this many steps. */
    private static final int WARM_UP_STEPS = 20;

    /** The slowest twentieth of fewer durations is less than one of them. */
    private static final int MIN_LATENCIES = 20;

    private static final long LATENCY_REFRESH_NANOS = Duration.ofMillis(50).toNanos();
    private static final long FIRST_REFRESH_NANOS = Duration.ofMillis(1).toNanos();

    /** Latencies up to this factor of the median plus these nanoseconds count as equal: their differences are noise. */
    private static final double SAME_LATENCY_FACTOR = 2;

    private static final double SAME_LATENCY_NANOS = 5e6;

    /** Of 2^64. Multiples of it, modulo 2^64, are spread evenly. */
    private static final long GOLDEN_RATIO = 0x9E37_79B9_7F4A_7C15L;

    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Duration slowStart;
    private final Rotation.Context context;
    private final Listener listener;

    private final ReentrantLock lock = new ReentrantLock();

    /** By order of appearance, with those removed within the last minute. Replaced with the lock held. */
    private volatile List<PooledEndpoint> known = List.of();

    private volatile Rotation rotation;

    /** Added to with the lock held, so in the order of the changes. */
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean reporting = new AtomicBoolean();

    private final LatencySample latencies = new LatencySample();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private volatile long latencyRefreshDue;
    private volatile double usualLatency = SAME_LATENCY_NANOS;
    private volatile Duration latencyP95 = Duration.ZERO;

    /** Creates an empty pool that reports no events. */
    public EndpointPool(LongSupplier nanoTime, RandomGenerator random, Zone zone, Duration slowStart) {
        this(nanoTime, random, zone, slowStart, Listener.NONE);
    }

    /**
     * Creates an empty pool.
     *
     * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()}
     * @param random safe for concurrent use
     * @param zone the own availability zone, whose endpoints are preferred
     * @param slowStart how long an endpoint that joins later takes to reach its full share, because a JVM is slow in
     *     its first seconds; zero for at once
     * @throws IllegalArgumentException if the time is negative
     */
    public EndpointPool(
            LongSupplier nanoTime, RandomGenerator random, Zone zone, Duration slowStart, Listener listener) {
        if (slowStart.isNegative()) {
            throw new IllegalArgumentException("slow start: " + slowStart + " (expected: zero or more)");
        }
        this.nanoTime = nanoTime;
        this.random = random;
        this.slowStart = slowStart;
        this.listener = listener;
        this.context = new Rotation.Context(zone, random, nanoTime, Math.max(1, slowStart.toNanos() / WARM_UP_STEPS));
        long now = nanoTime.getAsLong();
        this.rotation = new Rotation(List.of(), context, now);
        this.latencyRefreshDue = now;
    }

    /**
     * Applies a resolution. A complete answer removes endpoints that it does not list. A partial answer only adds
     * endpoints; one that it does not list is removed when an attempt does not reach it or reaches another service, and
     * so is an endpoint whose SRV record is listed but whose address could not be resolved. Failed and empty answers
     * change nothing.
     */
    public void update(Resolution resolution) {
        if (!(resolution instanceof Resolution.Found found)) {
            return;
        }
        lock.lock();
        try {
            apply(found, nanoTime.getAsLong());
        } finally {
            lock.unlock();
        }
        report();
    }

    private void apply(Resolution.Found found, long now) {
        Map<Endpoint, PooledEndpoint> next = new LinkedHashMap<>();
        for (PooledEndpoint endpoint : known) {
            if (!endpoint.removed() || stillListed(endpoint, now)) {
                next.put(endpoint.endpoint(), endpoint);
            }
        }
        Map<Endpoint, Target> added = new LinkedHashMap<>();
        found.targets().forEach(target -> added.put(target.endpoint(), target));
        for (PooledEndpoint endpoint : next.values()) {
            Target target = added.remove(endpoint.endpoint());
            if (target != null) {
                endpoint.list(target, now);
            } else if (found.removes(endpoint.target()) || endpoint.health().missed()) {
                endpoint.remove();
            } else if (!endpoint.removed()) {
                endpoint.unlist();
            }
        }
        // The first endpoints share all calls anyway.
        Duration warmUp = known.isEmpty() ? Duration.ZERO : slowStart;
        for (Target target : added.values()) {
            next.put(target.endpoint(), new PooledEndpoint(this, target, warmUp, nanoTime, random));
        }
        known = List.copyOf(next.values());
        // The endpoints that were added have read the clock after the caller did.
        renew(nanoTime.getAsLong());
    }

    private static boolean stillListed(PooledEndpoint endpoint, long now) {
        return endpoint.inFlight() > 0 || now - endpoint.lastListed() < LISTED_AFTER_REMOVAL.toNanos();
    }

    /**
     * Picks an endpoint for an attempt: an ejected one whose recovery is to be tried, if this is the call's first
     * attempt; otherwise one that accepts calls, of the lowest SRV priority; otherwise, rather than failing the call,
     * one that does not, and one that cannot be reached last of all.
     *
     * @param tried endpoints that are not to be picked
     * @param repeatable whether the call may go to another endpoint if the attempt fails after it was sent
     * @return empty if all endpoints were tried, or none is known
     */
    public Optional<PooledEndpoint> pick(Collection<Endpoint> tried, boolean repeatable) {
        while (true) {
            Rotation current = rotation();
            if (tried.isEmpty() && current.offersTrial(repeatable)) {
                Optional<PooledEndpoint> trial = beginTrial(repeatable);
                if (trial.isPresent()) {
                    return trial;
                }
            }
            Optional<PooledEndpoint> picked = current.pick(tried, repeatable, usualLatency);
            if (picked.isEmpty() || !picked.get().removed()) {
                return picked;
            }
            // Removed since the rotation was read. Taking the lock waits for the one that replaces it.
            renew();
        }
    }

    private Optional<PooledEndpoint> beginTrial(boolean repeatable) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            for (PooledEndpoint endpoint : rotation.present()) {
                if (endpoint.offersTrial(repeatable, now)) {
                    endpoint.health().beginTrial(now);
                    renew(now);
                    return endpoint.picked();
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
            report();
        }
    }

    /** Returns whether an endpoint that was not tried accepts calls, or may be called because none does. */
    public boolean hasOther(Collection<Endpoint> tried) {
        return rotation().hasOther(tried);
    }

    /** Returns whether no endpoint is known, removed ones aside. */
    public boolean isEmpty() {
        return rotation.present().isEmpty();
    }

    /** Returns whether an endpoint that is not removed has responded successfully within the given time. */
    public boolean answeredWithin(Duration time) {
        long then = nanoTime.getAsLong() - time.toNanos();
        return rotation.present().stream().anyMatch(endpoint -> endpoint.answeredSince(then));
    }

    /** Returns whether every known endpoint is ejected, pausing or draining; true for an empty pool. */
    public boolean noneAcceptsCalls() {
        return rotation().noneAcceptsCalls();
    }

    /** Returns the endpoints that accept calls; all that are not removed if none does. */
    public List<Endpoint> acceptingCalls() {
        Rotation current = rotation();
        return current.acceptingCalls().stream().map(PooledEndpoint::endpoint).toList();
    }

    /** Returns the removed endpoints without attempts in flight. Connections to them may be closed. */
    public List<Endpoint> removed() {
        return known.stream()
                .filter(endpoint -> endpoint.removed() && endpoint.inFlight() == 0)
                .map(PooledEndpoint::endpoint)
                .toList();
    }

    /**
     * Returns the endpoints that are to be probed now. For each, the caller opens a connection, closes it, and reports
     * the result by {@link #probeSucceeded} or {@link #probeFailed}. The endpoint is returned again when the next probe
     * is due, or after a second without a result.
     */
    public List<PooledEndpoint> awaitingProbe() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            List<PooledEndpoint> due = new ArrayList<>();
            for (PooledEndpoint endpoint : rotation.present()) {
                if (untilProbe(endpoint, now) == 0) {
                    endpoint.health().probeStarted(now);
                    due.add(endpoint);
                }
            }
            return due;
        } finally {
            lock.unlock();
        }
    }

    /** For tests: returns the time until {@link #awaitingProbe} returns an endpoint; empty if no probe is wanted. */
    Optional<Duration> untilNextProbe() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            long least = Long.MAX_VALUE;
            for (PooledEndpoint endpoint : rotation.present()) {
                least = Math.min(least, untilProbe(endpoint, now));
            }
            return least == Long.MAX_VALUE ? Optional.empty() : Optional.of(Duration.ofNanos(least));
        } finally {
            lock.unlock();
        }
    }

    private static long untilProbe(PooledEndpoint endpoint, long now) {
        return endpoint.health().probeDue().stream()
                .map(due -> Math.max(0, due - now))
                .findFirst()
                .orElse(Long.MAX_VALUE);
    }

    /**
     * A connection to the endpoint succeeded. An endpoint that was unreachable is readmitted; another ejected endpoint
     * gets one trial call.
     */
    public void probeSucceeded(PooledEndpoint endpoint) {
        long now = nanoTime.getAsLong();
        change(endpoint, now, () -> endpoint.health().probeSucceeded(now, endpoint.successes()));
    }

    /** No connection to the endpoint within the connect timeout. A suspect endpoint is ejected. */
    public void probeFailed(PooledEndpoint endpoint) {
        long now = nanoTime.getAsLong();
        change(endpoint, now, () -> endpoint.probeFailed(now));
    }

    /**
     * Returns the status of each endpoint by address and port, with those removed within the last minute.
     *
     * @param wallClock the time of the wall clock
     */
    public List<EndpointStatus> status(Instant wallClock) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            renew(now);
            return known.stream()
                    .map(endpoint -> endpoint.status(rotation.overCap(endpoint), wallClock, now))
                    .sorted(Comparator.comparing(status -> status.endpoint().toString()))
                    .toList();
        } finally {
            lock.unlock();
            report();
        }
    }

    /**
     * Returns the 95th percentile of the durations of about 256 recent successful attempts at all endpoints, at most 50
     * ms behind; zero if there was none.
     */
    public Duration latencyP95() {
        return latencyP95;
    }

    // Below: called by the endpoints.

    /** Changes an endpoint under the lock, and the rotation with it if the endpoint is or was out of rotation. */
    void change(PooledEndpoint endpoint, long now, Runnable change) {
        lock.lock();
        try {
            boolean wasOut = endpoint.removed() || !endpoint.acceptsCalls(now);
            long untilProbe = untilProbe(endpoint, now);
            change.run();
            if (endpoint.removed()) {
                endpoint.announceRemovalAgain();
            }
            if (wasOut || endpoint.removed() || !endpoint.acceptsCalls(now)) {
                renew(now);
            } else {
                settle(endpoint, now);
            }
            if (untilProbe(endpoint, now) < untilProbe) {
                events.add(listener::onProbeWanted);
            }
        } finally {
            lock.unlock();
        }
        report();
    }

    /** The instant, mixed, numbers the sample: as good as random, and threads compete for no counter. */
    void countSuccess(long duration, long now) {
        latencies.add((now * GOLDEN_RATIO) >>> Integer.SIZE, duration);
    }

    /**
     * Brings the usual latency and the percentile up to date if they are 50 ms old; 1 ms, while the percentile is not
     * known. The thread that notices does the work; others go on with the values that are there.
     */
    void refreshLatencies(long now) {
        if (now - latencyRefreshDue >= 0 && refreshing.compareAndSet(false, true)) {
            try {
                usualLatency = SAME_LATENCY_FACTOR * medianLatency(now) + SAME_LATENCY_NANOS;
                latencyP95 = latencies.percentile(0.95, MIN_LATENCIES);
                latencyRefreshDue = now + (latencyP95.isZero() ? FIRST_REFRESH_NANOS : LATENCY_REFRESH_NANOS);
            } finally {
                refreshing.set(false);
            }
        }
    }

    private double medianLatency(long now) {
        double[] sorted = rotation.preferred().stream()
                .mapToDouble(endpoint -> endpoint.latencyNanos(now))
                .sorted()
                .toArray();
        // The lower one of two: with two endpoints the faster one is the measure.
        return sorted.length == 0 ? 0 : sorted[(sorted.length - 1) / 2];
    }

    /** Share of server errors among the outcomes of the other endpoints, not below what few outcomes can prove. */
    double errorRateWithout(PooledEndpoint endpoint, long now) {
        double errors = 0.5;
        double outcomes = 1;
        for (PooledEndpoint other : rotation.present()) {
            if (other != endpoint) {
                other.health().advanceWindow(now, other.successes());
                errors += other.health().serverErrors();
                outcomes += other.health().outcomes(other.successes());
            }
        }
        return outcomes == 1 ? 1 : errors / outcomes;
    }

    boolean confirmsIdentity(PooledEndpoint endpoint, boolean named, boolean newConnection) {
        boolean[] confirmed = {true};
        long now = nanoTime.getAsLong();
        change(endpoint, now, () -> {
            if (named) {
                endpoint.sentName();
            } else if (endpoint.omittedName(newConnection)) {
                confirmed[0] = rotation.present().stream()
                        .noneMatch(other -> other != endpoint && other.sendsName() && other.acceptsCalls(now));
                if (confirmed[0]) {
                    rotation.present().forEach(each -> each.acceptUnnamed(now));
                    renew(now);
                }
            }
        });
        return confirmed[0];
    }

    /** Returns the rotation as of now. */
    private Rotation rotation() {
        Rotation current = rotation;
        return current.current() ? current : renew();
    }

    private Rotation renew() {
        lock.lock();
        try {
            renew(nanoTime.getAsLong());
            return rotation;
        } finally {
            lock.unlock();
            report();
        }
    }

    private void renew(long now) {
        rotation = new Rotation(
                known.stream().filter(endpoint -> !endpoint.removed()).toList(), context, now);
        known.forEach(endpoint -> settle(endpoint, now));
    }

    private void settle(PooledEndpoint endpoint, long now) {
        boolean overCap = rotation.overCap(endpoint);
        endpoint.settle(overCap, now).ifPresent(state -> {
            String reason = endpoint.reason(overCap, now);
            events.add(() -> listener.onChange(endpoint.endpoint(), state, reason));
        });
    }

    /** Reports the events in their order, on one thread at a time, never with the lock held. */
    private void report() {
        while (!events.isEmpty() && reporting.compareAndSet(false, true)) {
            try {
                for (Runnable event = events.poll(); event != null; event = events.poll()) {
                    event.run();
                }
            } finally {
                reporting.set(false);
            }
        }
    }
}
