package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.EndpointStatus;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.test.ManualClock;
import java.net.InetAddress;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A pool with a manual clock and a seeded random generator. Its endpoints are named by their ports. */
final class TestPool {

    /** An attempt in flight. */
    record Attempt(PooledEndpoint pooled, long begin) {

        static Attempt of(PooledEndpoint pooled) {
            return new Attempt(pooled, pooled.begin());
        }

        int port() {
            return pooled.endpoint().port();
        }

        void succeeded() {
            pooled.succeeded(begin);
        }

        void succeededDraining() {
            pooled.succeededDraining(begin);
        }

        void failed(FailureKind kind) {
            pooled.failed(begin, kind);
        }

        void failed(FailureKind kind, Duration retryAfter) {
            pooled.failed(begin, kind, retryAfter);
        }

        void outpaced() {
            pooled.outpaced(begin);
        }

        void cancelled() {
            pooled.cancelled(begin);
        }
    }

    /** All endpoints but one, as far as a pick can tell. */
    private static final class AllBut extends AbstractCollection<Endpoint> {

        private final int port;

        AllBut(int port) {
            this.port = port;
        }

        @Override
        public boolean contains(Object element) {
            return element instanceof Endpoint endpoint && endpoint.port() != port;
        }

        @Override
        public int size() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Iterator<Endpoint> iterator() {
            throw new UnsupportedOperationException();
        }
    }

    private static final List<FailureKind> KINDS = List.of(FailureKind.values());
    private static final Duration TTL = Duration.ofSeconds(60);

    final ManualClock clock = new ManualClock();

    /** What the listener received, as "port STATE (reason)", or "probe". */
    final List<String> events = new ArrayList<>();

    /** The state that the listener received last, by port. */
    final Map<Integer, EndpointState> reported = new HashMap<>();

    final EndpointPool pool;

    TestPool() {
        this(new Zone(List.of()), Duration.ZERO);
    }

    TestPool(Zone zone, Duration slowStart) {
        EndpointPool.Listener listener = new EndpointPool.Listener() {
            @Override
            public void onChange(Endpoint endpoint, EndpointState state, String reason) {
                reported.put(endpoint.port(), state);
                events.add(endpoint.port() + " " + state + " (" + reason + ")");
            }

            @Override
            public void onProbeWanted() {
                events.add("probe");
            }
        };
        pool = new EndpointPool(clock, new Random(1), zone, slowStart, listener);
    }

    static FailureKind failureKind(RandomGenerator random) {
        return KINDS.get(random.nextInt(KINDS.size()));
    }

    static Endpoint endpoint(int port) {
        return new Endpoint(InetAddress.getLoopbackAddress(), port);
    }

    static Target target(int port, int priority, int weight) {
        return new Target(endpoint(port), priority, weight);
    }

    static Target srv(int port, String record) {
        return new Target(endpoint(port), 1, 1, record);
    }

    static Resolution.Found found(boolean complete, Target... targets) {
        return new Resolution.Found(List.of(targets), complete, TTL, "");
    }

    void answer(Target... targets) {
        pool.update(found(true, targets));
    }

    void complete(int... ports) {
        pool.update(found(true, targets(ports)));
    }

    void partial(int... ports) {
        pool.update(found(false, targets(ports)));
    }

    private static Target[] targets(int... ports) {
        return IntStream.of(ports).mapToObj(port -> target(port, 1, 1)).toArray(Target[]::new);
    }

    /** Picks for a call that may be repeated. */
    Attempt attempt() {
        return Attempt.of(pool.pick(List.of(), true).orElseThrow());
    }

    /** Picks for a call that must not be repeated. */
    Attempt attemptOnce() {
        return Attempt.of(pool.pick(List.of(), false).orElseThrow());
    }

    /** Leaves the call no other choice. */
    Attempt attempt(int port) {
        return Attempt.of(pool.pick(new AllBut(port), false).orElseThrow());
    }

    /** Returns the ports that so many calls, one after the other, are sent to. */
    Set<Integer> picked(int calls) {
        Set<Integer> ports = new HashSet<>();
        for (int call = 0; call < calls; call++) {
            Attempt attempt = attempt();
            ports.add(attempt.port());
            attempt.cancelled();
        }
        return ports;
    }

    /** As {@link #picked} for calls that must not be repeated. */
    Set<Integer> pickedOnce(int calls) {
        Set<Integer> ports = new HashSet<>();
        for (int call = 0; call < calls; call++) {
            Attempt attempt = attemptOnce();
            ports.add(attempt.port());
            attempt.cancelled();
        }
        return ports;
    }

    /** Returns the number of calls by port of so many calls, one after the other, that take no time. */
    int[] counts(int calls, int maxPort) {
        int[] counts = new int[maxPort + 1];
        for (int call = 0; call < calls; call++) {
            Attempt attempt = attempt();
            counts[attempt.port()]++;
            attempt.succeeded();
        }
        return counts;
    }

    /** Lets endpoints fail one after the other, in a way that ejects at once. */
    void breaks(int... ports) {
        for (int port : ports) {
            clock.advance(Duration.ofMillis(1));
            attempt(port).failed(FailureKind.BROKEN);
        }
    }

    EndpointStatus status(int port) {
        return pool.status(clock.instant()).stream()
                .filter(status -> status.endpoint().port() == port)
                .findFirst()
                .orElseThrow();
    }

    EndpointState state(int port) {
        return status(port).state();
    }

    List<Integer> ejected() {
        return pool.status(clock.instant()).stream()
                .filter(status -> status.state() == EndpointState.EJECTED)
                .map(status -> status.endpoint().port())
                .toList();
    }

    List<Integer> awaitingProbe() {
        return ports(pool.awaitingProbe().stream().map(PooledEndpoint::endpoint));
    }

    void probe(int port, boolean succeeds) {
        PooledEndpoint probed = pool.awaitingProbe().stream()
                .filter(each -> each.endpoint().port() == port)
                .findFirst()
                .orElseThrow();
        if (succeeds) {
            pool.probeSucceeded(probed);
        } else {
            pool.probeFailed(probed);
        }
    }

    static List<Integer> ports(List<Endpoint> endpoints) {
        return ports(endpoints.stream());
    }

    private static List<Integer> ports(Stream<Endpoint> endpoints) {
        return endpoints.map(Endpoint::port).toList();
    }
}
