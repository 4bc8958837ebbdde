package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.dns.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One endpoint of an {@link EndpointPool}: what DNS says about it and how its attempts end. Safe for concurrent use.
 *
 * <p>Each attempt calls {@link #begin} once, and then exactly one of {@link #succeeded}, {@link #succeededDraining},
 * {@link #failed(long, FailureKind) failed}, {@link #outpaced} and {@link #cancelled} with the instant that
 * {@code begin} returned.
 *
 * <p>Attempts that succeed at an endpoint without trouble update atomic counters only. Whatever may change the
 * endpoint's state goes through the pool and its lock, which guards all fields that are neither final nor volatile. The
 * volatile field {@link #quiet} separates the two paths. A success that reads it just before another thread's failure
 * clears it counts as if it had come before that failure.
 */
public final class PooledEndpoint {

    /** What the latest resolutions say. */
    enum Presence {
        /** Listed in the latest answer. */
        LISTED,
        /** Not listed, but the answer was partial: perhaps the endpoint still exists. */
        UNLISTED,
        /** Removed. Attempts in flight may finish. */
        REMOVED
    }

    /** {@link #counts} has the attempts in flight in its lower bits and the successes above them. */
    private static final int IN_FLIGHT_BITS = 20;

    private static final long ONE_SUCCESS = 1L << IN_FLIGHT_BITS;

    // Updaters of fields rather than atomic objects: what a call touches lies together in memory.
    private static final AtomicLongFieldUpdater<PooledEndpoint> COUNTS =
            AtomicLongFieldUpdater.newUpdater(PooledEndpoint.class, "counts");
    private static final AtomicLongFieldUpdater<PooledEndpoint> LAST_SUCCESS =
            AtomicLongFieldUpdater.newUpdater(PooledEndpoint.class, "lastSuccess");

    private static final double MIN_WARMTH = 0.1;

    /** Changes between active and suspect are announced once per second on average, so that they do not fill logs. */
    private static final long SUSPICION_INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

    private static final int MAX_SUSPICION_BURST = 6;

    private final EndpointPool pool;
    private final Endpoint endpoint;
    private final LongSupplier nanoTime;
    private final Duration slowStart;
    private final long firstListed;
    private final Optional<PooledEndpoint> picked = Optional.of(this);

    private final PeakEwma latency;
    private final LatencySample sample = new LatencySample();
    private volatile long counts;
    private final LongAdder failures = new LongAdder();
    private final LongAdder cancellations = new LongAdder();
    private volatile long lastSuccess;

    private final EndpointHealth health;
    private final ServerHints hints;
    private long lastListed;
    private boolean omitsName;
    private Optional<EndpointState> announced = Optional.empty();
    private long suspicionsAnnounced;

    private volatile Target target;
    private volatile Presence presence = Presence.LISTED;
    private volatile boolean namesItself;

    /** Whether a success changes nothing but counters. */
    private volatile boolean quiet = true;

    /** When the health must advance its window, so that the successes of a slot can be told. */
    private volatile long windowEnd;

    /** Whether other endpoints are preferred, at least until {@code penaltyEnd}. */
    private volatile boolean penalised;

    private volatile long penaltyEnd;

    /** @param slowStart how long until it takes its full share of calls */
    PooledEndpoint(
            EndpointPool pool, Target target, Duration slowStart, LongSupplier nanoTime, RandomGenerator random) {
        long now = nanoTime.getAsLong();
        this.pool = pool;
        this.endpoint = target.endpoint();
        this.target = target;
        this.slowStart = slowStart;
        this.nanoTime = nanoTime;
        this.firstListed = now;
        this.lastListed = now;
        this.lastSuccess = now - 1;
        this.penaltyEnd = now;
        this.suspicionsAnnounced = now - MAX_SUSPICION_BURST * SUSPICION_INTERVAL_NANOS;
        this.health = new EndpointHealth(now, random);
        this.windowEnd = health.windowEnd();
        this.hints = new ServerHints(now);
        this.latency = new PeakEwma(now);
    }

    /** Returns address and port. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Returns the names that the service name is an alias of; the service may call itself by any of them. */
    public Set<String> aliases() {
        return target.aliases();
    }

    /**
     * Begins an attempt.
     *
     * @return the instant in nanoseconds of elapsed time, for the method that ends the attempt
     */
    public long begin() {
        COUNTS.incrementAndGet(this);
        return nanoTime.getAsLong();
    }

    /** Ends an attempt with a response that does not speak against the endpoint. */
    public void succeeded(long begin) {
        long now = nanoTime.getAsLong();
        countSuccess(begin, now);
        if (!quiet || now - windowEnd >= 0) {
            pool.change(this, now, () -> endSuccess(begin, now));
        }
        pool.refreshLatencies(now);
    }

    /** Ends an attempt with a response that announces the shutdown of the endpoint: other endpoints are preferred. */
    public void succeededDraining(long begin) {
        long now = nanoTime.getAsLong();
        countSuccess(begin, now);
        pool.change(this, now, () -> {
            endSuccess(begin, now);
            hints.drain(now);
        });
    }

    private void countSuccess(long begin, long now) {
        latency.observe(now - begin, now);
        // Visible to other threads with the next line.
        LAST_SUCCESS.lazySet(this, now);
        long before = COUNTS.getAndAdd(this, ONE_SUCCESS - 1);
        // Last, because an atomic operation waits for the stores before it, and these are seldom in the cache.
        sample.add(before >>> IN_FLIGHT_BITS, now - begin);
        pool.countSuccess(now - begin, now);
    }

    private void endSuccess(long begin, long now) {
        health.advanceWindow(now, successes());
        hints.succeeded(begin);
        health.succeeded(begin, now, successes());
    }

    /** Ends an attempt with a failure. */
    public void failed(long begin, FailureKind kind) {
        long now = nanoTime.getAsLong();
        countFailure(now);
        pool.change(this, now, () -> endFailure(begin, kind, now));
    }

    /**
     * Ends an attempt with a failure that asks for a pause.
     *
     * @param retryAfter how long other endpoints are preferred, from the response's {@code Retry-After}
     */
    public void failed(long begin, FailureKind kind, Duration retryAfter) {
        long now = nanoTime.getAsLong();
        countFailure(now);
        pool.change(this, now, () -> {
            endFailure(begin, kind, now);
            hints.pause(now, retryAfter);
        });
    }

    // Other calls avoid the endpoint from now on. How long is decided by the change that follows, which takes some
    // milliseconds the first time in a JVM.
    private void countFailure(long now) {
        failures.increment();
        penaltyEnd = now + EndpointHealth.SUSPICION_NANOS;
        penalised = true;
        COUNTS.decrementAndGet(this);
    }

    private void endFailure(long begin, FailureKind kind, long now) {
        health.failed(kind, begin, now, lastSuccess, successes(), () -> pool.errorRateWithout(this, now));
        removeIfUnlistedAndMissed();
    }

    void probeFailed(long now) {
        health.probeFailed(now);
        removeIfUnlistedAndMissed();
    }

    /** A partial answer that does not list an endpoint, and an attempt that does not reach it, together remove it. */
    private void removeIfUnlistedAndMissed() {
        if (presence == Presence.UNLISTED && health.missed()) {
            presence = Presence.REMOVED;
        }
    }

    /** Ends an attempt that says nothing about the endpoint, because the caller gave up or did not need it any more. */
    public void cancelled(long begin) {
        cancellations.increment();
        COUNTS.decrementAndGet(this);
        if (!quiet) {
            pool.change(this, nanoTime.getAsLong(), () -> health.abandoned(begin));
        }
    }

    /**
     * Ends an attempt that had no response when a hedged attempt at another endpoint succeeded. The third in a row
     * counts as {@link FailureKind#TIMED_OUT}, if no attempt that began after the first of them has succeeded.
     */
    public void outpaced(long begin) {
        long now = nanoTime.getAsLong();
        cancellations.increment();
        COUNTS.decrementAndGet(this);
        // The attempt would have lasted at least as long.
        latency.observe(now - begin, now);
        pool.change(this, now, () -> {
            if (health.outpaced(begin)) {
                endFailure(begin, FailureKind.TIMED_OUT, now);
            }
        });
    }

    /**
     * Tells whether a response comes from the service that DNS means, by whether it carries a service name. The caller
     * has already checked the name itself. An endpoint whose responses carried the name once must keep sending it: if
     * the first response of a new connection omits the name, another service has been given the address. If no other
     * endpoint that accepts calls sends a name any more, this is a new version of the service, and all are accepted.
     *
     * @param named whether the response carries the name
     * @param newConnection whether it is the first response on its connection
     * @return false if the response must not be used and the attempt ends as {@link FailureKind#FOREIGN}
     */
    public boolean confirmsIdentity(boolean named, boolean newConnection) {
        if (named ? namesItself && quiet : !namesItself) {
            return true;
        }
        return pool.confirmsIdentity(this, named, newConnection);
    }

    // Below: read by picks without the lock.

    /** Returns this in the form that a pick returns, so that a pick allocates nothing. */
    Optional<PooledEndpoint> picked() {
        return picked;
    }

    int inFlight() {
        return (int) (counts & (ONE_SUCCESS - 1));
    }

    boolean removed() {
        return presence == Presence.REMOVED;
    }

    /** Returns whether other endpoints are preferred. Reads the clock only if that depends on it. */
    boolean penalised() {
        return penalised && nanoTime.getAsLong() - penaltyEnd < 0;
    }

    double peakLatencyNanos() {
        return latency.peak();
    }

    double latencyNanos(long now) {
        return latency.value(now);
    }

    boolean answeredSince(long then) {
        return successes() > 0 && lastSuccess - then >= 0;
    }

    // Below: only with the pool's lock held.

    Target target() {
        return target;
    }

    EndpointHealth health() {
        return health;
    }

    ServerHints hints() {
        return hints;
    }

    long successes() {
        return counts >>> IN_FLIGHT_BITS;
    }

    Presence presence() {
        return presence;
    }

    long lastListed() {
        return lastListed;
    }

    void list(Target listed, long now) {
        if (presence == Presence.REMOVED) {
            // DNS gives the address to the service anew, perhaps to another process.
            namesItself = false;
            omitsName = false;
            health.forgetForeign(now, successes());
        }
        target = listed;
        presence = Presence.LISTED;
        lastListed = now;
    }

    void unlist() {
        presence = Presence.UNLISTED;
    }

    void remove() {
        presence = Presence.REMOVED;
    }

    /** Whether it may be picked while there are others. */
    boolean acceptsCalls(long now) {
        return health.acceptsCalls() && !hints.draining(now) && !hints.pausing(now);
    }

    /** Whether it is out of rotation because of how its attempts ended. */
    boolean out(long now) {
        return !health.acceptsCalls() || hints.pausing(now);
    }

    /** Since when it is {@link #out}. */
    long outSince() {
        return health.acceptsCalls() ? hints.pausedAt() : health.ejectedAt();
    }

    boolean offersTrial(boolean repeatable, long now) {
        return !hints.pausing(now) && health.offersTrial(repeatable, now);
    }

    /** The part of its share that it takes by now, 0.1 to 1. */
    double warmth(long now) {
        return warming(now) ? Math.max(MIN_WARMTH, (double) (now - firstListed) / slowStart.toNanos()) : 1;
    }

    boolean warming(long now) {
        return now - firstListed - slowStart.toNanos() < 0;
    }

    /** Whether its responses carry the service's name, as far as the latest ones tell. */
    boolean sendsName() {
        return namesItself && !omitsName;
    }

    void sentName() {
        namesItself = true;
        omitsName = false;
    }

    /** Returns whether that speaks against the endpoint: it sent the name before, and this process may be another. */
    boolean omittedName(boolean newConnection) {
        omitsName |= namesItself && newConnection;
        return omitsName;
    }

    /** Accepts that the service sends no name any more. */
    void acceptUnnamed(long now) {
        namesItself = false;
        omitsName = false;
        health.forgetForeign(now, successes());
    }

    /**
     * Publishes what picks and successes read without the lock.
     *
     * @param overCap whether it is out and accepts calls all the same
     * @return the state, if it is to be announced
     */
    Optional<EndpointState> settle(boolean overCap, long now) {
        // Before the number of attempts in flight is read: an attempt that ends meanwhile sees this, or is seen.
        quiet = false;
        boolean out = out(now);
        windowEnd = health.windowEnd();
        penaltyEnd = out ? now + Long.MAX_VALUE / 2 : health.suspectUntil();
        penalised = out || health.suspect(now);
        EndpointState state = state(overCap, now);
        boolean changed = !announced.equals(Optional.of(state));
        boolean announces = changed && mayAnnounce(state, now);
        if (announces) {
            announced = Optional.of(state);
        }
        quiet = announces == changed && health.clean() && !hints.pausing(now) && presence != Presence.REMOVED;
        return announces ? announced : Optional.empty();
    }

    /** An attempt that began although the endpoint was removed may have left a connection. */
    void announceRemovalAgain() {
        announced = Optional.of(EndpointState.DRAINING);
    }

    private boolean mayAnnounce(EndpointState state, long now) {
        if (!isSuspicion(Optional.of(state)) || !isSuspicion(announced)) {
            return true;
        }
        long oldest = now - MAX_SUSPICION_BURST * SUSPICION_INTERVAL_NANOS;
        long counted = oldest - suspicionsAnnounced > 0 ? oldest : suspicionsAnnounced;
        if (counted + SUSPICION_INTERVAL_NANOS - now > 0) {
            return false;
        }
        suspicionsAnnounced = counted + SUSPICION_INTERVAL_NANOS;
        return true;
    }

    private static boolean isSuspicion(Optional<EndpointState> state) {
        return state.equals(Optional.of(EndpointState.ACTIVE)) || state.equals(Optional.of(EndpointState.SUSPECT));
    }

    EndpointState state(boolean overCap, long now) {
        if (presence == Presence.REMOVED) {
            return inFlight() > 0 ? EndpointState.DRAINING : EndpointState.REMOVED;
        }
        if (!health.acceptsCalls()) {
            return overCap ? EndpointState.SUSPECT : EndpointState.EJECTED;
        }
        if (hints.draining(now)) {
            return overCap ? EndpointState.SUSPECT : EndpointState.DRAINING;
        }
        return health.suspect(now) || hints.pausing(now) ? EndpointState.SUSPECT : EndpointState.ACTIVE;
    }

    String reason(boolean overCap, long now) {
        String reason = switch (state(false, now)) {
            case DRAINING, REMOVED -> presence == Presence.REMOVED ? "no longer in DNS" : "announces its shutdown";
            case EJECTED, SUSPECT ->
                health.reason() + (hints.pausing(now) ? ", and asked for a pause (Retry-After)" : "");
            case ACTIVE -> presence == Presence.LISTED ? "in DNS" : "not in the latest answer, which is partial";
        };
        return overCap ? reason + ", and too many other endpoints are ejected" : reason;
    }

    EndpointStatus status(boolean overCap, Instant wallClock, long now) {
        return new EndpointStatus(
                endpoint,
                state(overCap, now),
                reason(overCap, now),
                wallClock.minusNanos(now - firstListed),
                wallClock.minusNanos(now - lastListed),
                inFlight(),
                successes() + failures.sum() + cancellations.sum() + inFlight(),
                failures.sum(),
                sample.percentile(0.5, 1),
                sample.percentile(0.95, 1));
    }
}
