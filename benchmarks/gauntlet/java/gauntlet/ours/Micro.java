package gauntlet.ours;

import com.sun.management.ThreadMXBean;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.balancer.EndpointPool;
import dev.tradingplatform.discovery.balancer.PooledEndpoint;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.Resolution;
import dev.tradingplatform.discovery.dns.Target;
import gauntlet.api.Client;
import gauntlet.run.Contenders;
import gauntlet.world.Addresses;
import gauntlet.world.World;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Prints, one name and number a line: the time and the allocated bytes of a pick among N endpoints ({@code pick-ns-N},
 * {@code pick-bytes-N}), the bytes that a GET allocates on the caller's thread ({@code get-bytes-NAME}), and the median
 * wait of 100 callers of a fresh client in a fresh JVM ({@code cold-p50-ms-NAME}).
 */
public final class Micro {

    private static final String PATH = "/api/v1/data/TICKER_1";
    private static final List<String> CLIENTS = List.of("ours", "apache", "okhttp");
    private static final int COLD_CALLERS = 100;
    private static final int COLD_STARTS = 3;
    private static final int CALLS = 4_000;
    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Micro() {}

    /** Runs everything; with {@code cold NAME} one cold start, as this program starts it in other JVMs. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            System.out.println(coldStart(arguments[1]));
            System.exit(0);
        }
        for (int endpoints : new int[] {1, 8, 64, 1_000}) {
            pick(endpoints);
        }
        try (World world = new World()) {
            world.reset(3, false, 0, 0);
            for (String name : CLIENTS) {
                get(name);
            }
            for (String name : CLIENTS) {
                print("cold-p50-ms-" + name, median(COLD_STARTS, () -> coldStartInOtherJvm(name)));
            }
        }
        System.exit(0);
    }

    private static void pick(int endpoints) throws Exception {
        EndpointPool pool = pool(endpoints);
        Runnable pick = () -> {
            PooledEndpoint picked = pool.pick(List.of(), true).orElseThrow();
            picked.succeeded(picked.begin());
        };
        int batch = 20_000;
        for (int warmUp = 0; warmUp < 100; warmUp++) {
            repeat(pick, batch);
        }
        long bytes = THREAD.getCurrentThreadAllocatedBytes();
        repeat(pick, batch);
        bytes = THREAD.getCurrentThreadAllocatedBytes() - bytes;
        print("pick-ns-" + endpoints, median(15, () -> {
            long begin = System.nanoTime();
            repeat(pick, batch);
            return (System.nanoTime() - begin) / (double) batch;
        }));
        print("pick-bytes-" + endpoints, (double) bytes / batch);
    }

    private static EndpointPool pool(int endpoints) throws Exception {
        LongSupplier clock = System::nanoTime;
        EndpointPool pool = new EndpointPool(
                clock,
                () -> ThreadLocalRandom.current().nextLong(),
                new Zone(List.of()),
                Duration.ZERO,
                (endpoint, state, reason) -> {});
        List<Target> targets = new ArrayList<>();
        for (int n = 0; n < endpoints; n++) {
            byte[] address = {10, 0, (byte) (n / 250), (byte) (n % 250 + 1)};
            targets.add(new Target(new Endpoint(InetAddress.getByAddress(address), 80), 1, 1, "", Set.of()));
        }
        pool.update(new Resolution.Found(targets, true, Set.of(), false, Duration.ofSeconds(60), ""));
        return pool;
    }

    private static void repeat(Runnable action, int times) {
        for (int n = 0; n < times; n++) {
            action.run();
        }
    }

    private static void get(String name) throws Exception {
        try (Client client = Contenders.create(name).open(target())) {
            for (int n = 0; n < CALLS; n++) {
                client.get(PATH);
            }
            long before = THREAD.getCurrentThreadAllocatedBytes();
            for (int n = 0; n < CALLS; n++) {
                client.get(PATH);
            }
            print("get-bytes-" + name, (THREAD.getCurrentThreadAllocatedBytes() - before) / (double) CALLS);
        }
    }

    private static double coldStartInOtherJvm(String name) throws Exception {
        Process jvm = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx512m",
                        "-Djava.net.preferIPv4Stack=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Micro.class.getName(),
                        "cold",
                        name)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String[] lines =
                new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip().split("\n", -1);
        return Double.parseDouble(lines[lines.length - 1]);
    }

    private static double coldStart(String name) throws Exception {
        var contender = Contenders.create(name);
        contender.prepareJvm(Duration.ofSeconds(2));
        try (Client client = contender.open(target())) {
            CountDownLatch start = new CountDownLatch(1);
            double[] millis = new double[COLD_CALLERS];
            Arrays.fill(millis, Double.MAX_VALUE);
            List<Thread> callers = new ArrayList<>();
            for (int n = 0; n < COLD_CALLERS; n++) {
                int caller = n;
                callers.add(Thread.startVirtualThread(() -> {
                    try {
                        start.await();
                        long begin = System.nanoTime();
                        if (client.get(PATH).ok()) {
                            millis[caller] = (System.nanoTime() - begin) / 1e6;
                        }
                    } catch (Exception failed) {
                        // The caller keeps the largest value, so that failures raise the median.
                    }
                }));
            }
            start.countDown();
            for (Thread caller : callers) {
                caller.join();
            }
            Arrays.sort(millis);
            return millis[COLD_CALLERS / 2];
        }
    }

    private static gauntlet.api.Target target() {
        return new gauntlet.api.Target(
                Addresses.SERVICE,
                Addresses.HAPROXY_SRV,
                Addresses.BACKEND_PORT,
                Addresses.dns(),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2));
    }

    private interface Measurement {
        double run() throws Exception;
    }

    private static double median(int times, Measurement measurement) throws Exception {
        double[] values = new double[times];
        for (int n = 0; n < times; n++) {
            values[n] = measurement.run();
        }
        Arrays.sort(values);
        return values[times / 2];
    }

    private static void print(String name, double value) {
        System.out.printf(Locale.ROOT, "%-22s %.0f%n", name, value);
    }
}
