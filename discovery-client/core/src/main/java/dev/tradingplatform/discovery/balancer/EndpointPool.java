package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
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
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * The endpoints of one service. Answers come in, leases go out. Safe for concurrent use: the list of endpoints is an
 * immutable value that answers replace under this object's lock, and picks read without it.
 */
public final class EndpointPool {

    /** How long an endpoint that has left is still shown. */
    private static final Duration SHOWN_AFTER_LEAVING = Duration.ofMinutes(1);

    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final Duration slowStart;
    private final Picking picking;
    private volatile List<TrackedEndpoint> known = List.of();

    /**
     * Begins empty.
     *
     * @param nanoTime elapsed time in nanoseconds, as {@link System#nanoTime()}
     * @param random safe for concurrent use
     * @param balancing how calls are spread beyond the load itself
     */
    public EndpointPool(LongSupplier nanoTime, RandomGenerator random, Balancing balancing) {
        this.nanoTime = nanoTime;
        this.random = random;
        this.slowStart = balancing.slowStart();
        this.picking = new Picking(new ZoneAffinity(balancing.zone()), new PowerOfTwoChoices(random), nanoTime);
    }

    /**
     * Takes an answer in. A complete one removes who is missing; a sample only adds, for Cloud Map names 8 of many at
     * random, and who is missing leaves when a connection fails as well or another service answers there; so does one
     * whose address alone could not be looked up. Failed and empty answers change nothing.
     */
    public synchronized void update(Resolution resolution) {
        if (!(resolution instanceof Resolution.Found found)) {
            return;
        }
        Map<Endpoint, TrackedEndpoint> next = new LinkedHashMap<>();
        for (TrackedEndpoint tracked : known) {
            if (tracked.presence() != TrackedEndpoint.Presence.LEFT || stillShown(tracked)) {
                next.put(tracked.endpoint(), tracked);
            }
        }
        Map<Endpoint, Target> named = new LinkedHashMap<>();
        found.targets().forEach(target -> named.put(target.endpoint(), target));
        for (TrackedEndpoint tracked : next.values()) {
            Target target = named.remove(tracked.endpoint());
            if (target != null) {
                tracked.named(target);
            } else if (found.removes(tracked.target()) || tracked.health().outOfReach()) {
                tracked.left();
            } else if (tracked.presence() == TrackedEndpoint.Presence.NAMED) {
                tracked.unnamed();
            }
        }
        Duration warmUp = known.isEmpty() ? Duration.ZERO : slowStart;
        named.values()
                .forEach(target -> next.put(target.endpoint(), new TrackedEndpoint(target, warmUp, nanoTime, random)));
        known = List.copyOf(next.values());
    }

    private boolean stillShown(TrackedEndpoint tracked) {
        return tracked.inFlight() > 0 || nanoTime.getAsLong() - tracked.lastSeen() < SHOWN_AFTER_LEAVING.toNanos();
    }

    /**
     * Claims an endpoint for an attempt: one whose recovery is to be tried, if the attempt could be repeated elsewhere;
     * else one that takes calls, of the best SRV priority; else, rather than failing the call, one that does not, and
     * of these one that cannot be reached last of all.
     *
     * @param tried endpoints this call has tried already
     * @param repeatable whether the call may go to another endpoint when the attempt fails
     * @return nothing if all have been tried, or none is known
     */
    public Optional<Lease> pick(Collection<Endpoint> tried, boolean repeatable) {
        while (true) {
            Optional<TrackedEndpoint> picked = picking.from(present(), tried, repeatable);
            Optional<Lease> lease = picked.map(tracked -> new Lease(this, tracked));
            if (picked.isEmpty() || picked.get().presence() != TrackedEndpoint.Presence.LEFT) {
                return lease;
            }
            // It left before it was claimed: its connections may be closed by now, see gone().
            lease.get().close();
        }
    }

    /** Whether {@link #pick} would find an endpoint. */
    public boolean hasOther(Collection<Endpoint> tried) {
        return present().stream().anyMatch(tracked -> !tried.contains(tracked.endpoint()));
    }

    private List<TrackedEndpoint> present() {
        List<TrackedEndpoint> present = new ArrayList<>();
        for (TrackedEndpoint tracked : known) {
            if (tracked.presence() != TrackedEndpoint.Presence.LEFT) {
                present.add(tracked);
            }
        }
        return present;
    }

    void failed(TrackedEndpoint tracked, Fault fault) {
        if (!fault.reached() && tracked.presence() == TrackedEndpoint.Presence.UNNAMED) {
            tracked.left();
        }
    }

    /** Endpoints that may be picked: those that take calls, or all of them when none does. */
    public List<Endpoint> takingCalls() {
        List<TrackedEndpoint> present = present();
        List<TrackedEndpoint> spared = EjectionCap.spared(present);
        List<TrackedEndpoint> taking = present.stream()
                .filter(tracked -> tracked.takesCalls() || spared.contains(tracked))
                .toList();
        return (taking.isEmpty() ? present : taking)
                .stream().map(TrackedEndpoint::endpoint).toList();
    }

    /** Endpoints that are out because no connection could be made, for the caller to try one and {@link #reached}. */
    public List<Endpoint> awaitingConnection() {
        return present().stream()
                .filter(tracked -> tracked.health().awaitsConnection())
                .map(TrackedEndpoint::endpoint)
                .toList();
    }

    /** A connection to the endpoint succeeded outside of any call. */
    public void reached(Endpoint endpoint) {
        known.stream()
                .filter(tracked -> tracked.endpoint().equals(endpoint))
                .filter(tracked -> tracked.health().awaitsConnection())
                .forEach(tracked -> tracked.health().readmit());
    }

    /** Whether no endpoint is known that has not left. */
    public boolean empty() {
        return present().isEmpty();
    }

    /** Whether an endpoint that has not left has answered within the given time. */
    public boolean works(Duration lately) {
        long now = nanoTime.getAsLong();
        return present().stream().anyMatch(tracked -> tracked.health().answeredSince(now - lately.toNanos()));
    }

    /** Endpoints that have left and have nothing in flight: their connections may be closed. */
    public List<Endpoint> gone() {
        return known.stream()
                .filter(tracked -> tracked.presence() == TrackedEndpoint.Presence.LEFT && tracked.inFlight() == 0)
                .map(TrackedEndpoint::endpoint)
                .toList();
    }

    /**
     * What is known of each endpoint, those that left within the last minute included, by address and port.
     *
     * @param now the wall clock's time
     */
    public List<EndpointStatus> status(Instant now) {
        List<TrackedEndpoint> spared = EjectionCap.spared(present());
        return known.stream()
                .map(tracked -> tracked.status(now, spared.contains(tracked)))
                .sorted(Comparator.comparing(status -> status.endpoint().toString()))
                .toList();
    }
}
