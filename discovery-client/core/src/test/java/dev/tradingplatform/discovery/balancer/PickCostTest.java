package dev.tradingplatform.discovery.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import dev.tradingplatform.discovery.test.ManualClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a pick and a success cost. Memory is tested; {@link #main} measures nanoseconds, for which a machine must do
 * nothing else.
 */
class PickCostTest {

    private static final int CALLS = 20_000;

    /** Reads a counter of the current thread by reflection: the module under test does not read jdk.management. */
    private static long counter(String name) {
        try {
            Object threads = Class.forName("java.lang.management.ManagementFactory")
                    .getMethod("getThreadMXBean")
                    .invoke(null);
            return (long) Class.forName("com.sun.management.ThreadMXBean")
                    .getMethod(name)
                    .invoke(threads);
        } catch (ReflectiveOperationException impossible) {
            throw new LinkageError(impossible.getMessage(), impossible);
        }
    }

    private static long allocatedBytes() {
        return counter("getCurrentThreadAllocatedBytes");
    }

    private static long cpuNanos() {
        return counter("getCurrentThreadCpuTime");
    }

    /** Endpoints in three zones, of which the first is the client's own. */
    private static EndpointPool pool(int endpoints, boolean zone, LongSupplier nanoTime, RandomGenerator random)
            throws UnknownHostException {
        List<Target> targets = new ArrayList<>();
        for (int number = 0; number < endpoints; number++) {
            byte[] address = {10, (byte) (number % 3), (byte) (number / 600), (byte) (number / 3 % 200 + 1)};
            targets.add(new Target(new Endpoint(InetAddress.getByAddress(address), 80), 1, 1));
        }
        List<Cidr> own = zone ? List.of(new Cidr("10.0.0.0/16")) : List.of();
        EndpointPool pool = new EndpointPool(nanoTime, random, new Zone(own), Duration.ZERO);
        pool.update(new Resolution.Found(targets, true, Duration.ofSeconds(60), ""));
        return pool;
    }

    private static void call(EndpointPool pool) {
        Optional<PooledEndpoint> picked = pool.pick(List.of(), true);
        if (picked.isPresent()) {
            PooledEndpoint endpoint = picked.get();
            endpoint.succeeded(endpoint.begin());
        }
    }

    private static void calls(EndpointPool pool, int calls) {
        for (int call = 0; call < calls; call++) {
            call(pool);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, false", "8, false", "64, false", "1000, false", "1, true", "8, true", "64, true", "1000, true"
    })
    void pickAndSuccessAllocateNothing(int endpoints, boolean zone) throws UnknownHostException {
        EndpointPool pool = pool(endpoints, zone, new ManualClock(), new Random(1));
        // Classes are loaded, and the latencies refreshed, which happens every 50 ms.
        calls(pool, CALLS);

        long before = allocatedBytes();
        calls(pool, CALLS);
        long allocated = allocatedBytes() - before;

        assertThat(allocated / CALLS).isZero();
    }

    /** Prints nanoseconds of CPU time and bytes of a pick with {@code begin} and {@code succeeded}. */
    public static void main(String[] arguments) throws UnknownHostException {
        double[] clock = measured(System::nanoTime);
        System.out.printf(Locale.ROOT, "System.nanoTime(), read twice in each: %.1f ns%n", clock[0]);
        for (boolean zone : new boolean[] {false, true}) {
            for (int endpoints : new int[] {1, 8, 64, 1_000}) {
                EndpointPool pool = pool(endpoints, zone, System::nanoTime, () -> ThreadLocalRandom.current()
                        .nextLong());
                double[] cost = measured(() -> call(pool));
                System.out.printf(
                        Locale.ROOT,
                        "%4d endpoints, zone %-7s %6.1f ns %3.0f bytes%n",
                        endpoints,
                        zone ? "known" : "unknown",
                        cost[0],
                        cost[1]);
            }
        }
    }

    /** Returns the median of 15 rounds after a warm-up of 1.5 s. */
    private static double[] measured(Runnable measured) {
        int batch = 200_000;
        long end = System.nanoTime() + 1_500_000_000L;
        while (System.nanoTime() - end < 0) {
            run(measured, batch);
        }
        double[] nanos = new double[15];
        double bytes = 0;
        for (int round = 0; round < nanos.length; round++) {
            long allocated = allocatedBytes();
            long begin = cpuNanos();
            run(measured, batch);
            nanos[round] = (cpuNanos() - begin) / (double) batch;
            bytes = (allocatedBytes() - allocated) / (double) batch;
        }
        Arrays.sort(nanos);
        return new double[] {nanos[nanos.length / 2], bytes};
    }

    private static void run(Runnable measured, int times) {
        for (int time = 0; time < times; time++) {
            measured.run();
        }
    }
}
