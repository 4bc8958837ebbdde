package dev.tradingplatform.benchmarks;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.balancer.Cidr;
import dev.tradingplatform.discovery.balancer.EndpointPool;
import dev.tradingplatform.discovery.balancer.PooledEndpoint;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.http.ThreadLocalGenerator;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Picks an endpoint, and reports that its attempt succeeded, as each call does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PickBenchmark {

    private static final int ENDPOINTS_IN_A_SUBNET = 250;

    /** Number of endpoints. */
    @Param({"1", "8", "64", "1000"})
    public int endpoints;

    /** Whether the client knows its zone; a third of the endpoints is in it. */
    @Param({"false", "true"})
    public boolean zone;

    private EndpointPool pool;

    /** Creates the state that JMH fills. */
    public PickBenchmark() {
        pool = pool(new Zone(List.of()));
    }

    private static EndpointPool pool(Zone zone) {
        return new EndpointPool(System::nanoTime, new ThreadLocalGenerator(), zone, Duration.ZERO);
    }

    /** Fills the pool. */
    @Setup
    public void fill() throws UnknownHostException {
        pool = pool(new Zone(zone ? List.of(new Cidr("10.0.0.0/16")) : List.of()));
        List<Target> targets = new ArrayList<>();
        for (int number = 0; number < endpoints; number++) {
            byte[] address = {
                10,
                (byte) (number % 3),
                (byte) (number / ENDPOINTS_IN_A_SUBNET),
                (byte) (number % ENDPOINTS_IN_A_SUBNET + 1)
            };
            targets.add(new Target(new Endpoint(InetAddress.getByAddress(address), 80), 1, 1));
        }
        pool.update(new Resolution.Found(targets, true, Set.of(), false, Duration.ofMinutes(1), ""));
    }

    /** Picks an endpoint for a call and completes the call. */
    @Benchmark
    public PooledEndpoint pick() {
        PooledEndpoint picked = pool.pick(List.of(), true).orElseThrow();
        picked.succeeded(picked.begin());
        return picked;
    }

    /** Reads the clock as often as a pick does: at the begin and at the end of the attempt. */
    @Benchmark
    public void clock(Blackhole result) {
        result.consume(System.nanoTime());
        result.consume(System.nanoTime());
    }
}
