package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.dns.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** One endpoint, what DNS says of it, and what its calls came to. Safe for concurrent use. */
final class TrackedEndpoint {

    /** What DNS's latest answers say. */
    enum Presence {
        /** Named in the latest answer. */
        NAMED,
        /** Not named, but the answer was a sample: perhaps it is still there. */
        UNNAMED,
        /** Known to have left. */
        LEFT
    }

    private static final double COLDEST = 0.1;

    private final Endpoint endpoint;
    private final LongSupplier nanoTime;
    private final EndpointHealth health;
    private final OwnWishes wishes;
    private final PeakEwma latency;
    private final LatencySample sample = new LatencySample();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder attempts = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Duration warmUp;
    private final long firstSeen;
    private volatile long lastSeen;
    private volatile Target target;
    private volatile Presence presence = Presence.NAMED;

    /** @param warmUp how long until it takes its full share */
    TrackedEndpoint(Target target, Duration warmUp, LongSupplier nanoTime, RandomGenerator random) {
        this.warmUp = warmUp;
        this.endpoint = target.endpoint();
        this.target = target;
        this.nanoTime = nanoTime;
        this.health = new EndpointHealth(endpoint.toString(), nanoTime, random);
        this.firstSeen = nanoTime.getAsLong();
        this.lastSeen = firstSeen;
        this.wishes = new OwnWishes(nanoTime);
        this.latency = new PeakEwma(firstSeen);
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Target target() {
        return target;
    }

    EndpointHealth health() {
        return health;
    }

    Presence presence() {
        return presence;
    }

    long lastSeen() {
        return lastSeen;
    }

    /** The part of its share that it takes by now, 0.1 to 1. */
    double warmth(long now) {
        return warmUp.isZero() ? 1 : Math.clamp((double) (now - firstSeen) / warmUp.toNanos(), COLDEST, 1);
    }

    int inFlight() {
        return inFlight.get();
    }

    double latencyNanos(long now) {
        return latency.value(now);
    }

    void named(Target named) {
        target = named;
        presence = Presence.NAMED;
        lastSeen = nanoTime.getAsLong();
    }

    void unnamed() {
        presence = Presence.UNNAMED;
    }

    void left() {
        presence = Presence.LEFT;
    }

    /** What it said of when it wants calls. */
    OwnWishes wishes() {
        return wishes;
    }

    /** Whether it may be picked while there is another. */
    boolean takesCalls() {
        return health.takesCalls() && !wishes.draining() && !wishes.pausing();
    }

    /** Whether it takes no calls because of what its calls came to. */
    boolean out() {
        return !health.takesCalls() || wishes.pausing();
    }

    /** Since when, in nanoseconds of elapsed time. */
    long outSince() {
        return health.takesCalls() ? wishes.pausedAt() : health.ejectedAt();
    }

    /** Takes the one call that may find out whether it has recovered, if it is ejected and its time has come. */
    boolean claimTrial() {
        return !wishes.pausing() && health.claimTrial();
    }

    /** How much busier others may be before it is picked: its faults are not over yet, as far as is known. */
    boolean suspect() {
        return health.suspect() || out();
    }

    long begin() {
        inFlight.incrementAndGet();
        attempts.increment();
        return nanoTime.getAsLong();
    }

    void succeed(long started) {
        long now = nanoTime.getAsLong();
        inFlight.decrementAndGet();
        latency.observe(now - started, now);
        sample.add(now - started);
        wishes.answered(started);
        health.succeeded(started);
    }

    void fail(Fault fault, long started) {
        inFlight.decrementAndGet();
        failures.increment();
        health.failed(fault, started);
    }

    void abandon() {
        inFlight.decrementAndGet();
        health.abandoned();
    }

    /** @param spared whether it is out and takes calls all the same, because too many are */
    EndpointStatus status(Instant now, boolean spared) {
        long nanos = nanoTime.getAsLong();
        return new EndpointStatus(
                endpoint,
                spared ? EndpointState.SUSPECT : state(),
                reason() + (spared ? ", and too many others are out" : ""),
                now.minusNanos(nanos - firstSeen),
                now.minusNanos(nanos - lastSeen),
                inFlight.get(),
                attempts.sum(),
                failures.sum(),
                sample.percentile(0.5),
                sample.percentile(0.95));
    }

    private EndpointState state() {
        if (presence == Presence.LEFT) {
            return inFlight.get() > 0 ? EndpointState.DRAINING : EndpointState.GONE;
        }
        if (!health.takesCalls()) {
            return EndpointState.EJECTED;
        }
        if (wishes.draining()) {
            return EndpointState.DRAINING;
        }
        return health.suspect() || wishes.pausing() ? EndpointState.SUSPECT : EndpointState.ACTIVE;
    }

    private String reason() {
        return switch (state()) {
            case DRAINING, GONE -> presence == Presence.LEFT ? "no longer in DNS" : "says that it is shutting down";
            case EJECTED, SUSPECT ->
                health.reason() + (wishes.pausing() ? ", and asked not to be called for a while (Retry-After)" : "");
            case ACTIVE -> presence == Presence.NAMED ? "in DNS" : "not in the last answer, which need not name all";
        };
    }
}
