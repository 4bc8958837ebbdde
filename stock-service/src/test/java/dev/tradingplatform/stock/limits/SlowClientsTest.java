package dev.tradingplatform.stock.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockProcess;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds slow clients of all kinds against the service as a process with a heap of 128 MB. The system property
 * {@code slow-clients.duration} is the time for which it does so: 20 s by default, a minute in {@code .ci/run}.
 */
class SlowClientsTest {

    static final String LARGE = "/api/v1/data/LARGE?timeframe=1m&format=ndjson&limit=20000";
    static final String SMALL = "/api/v1/data/LARGE?timeframe=1m&limit=10";

    private static final Logger LOG = LoggerFactory.getLogger(SlowClientsTest.class);

    private static final Duration DURATION = Duration.parse(System.getProperty("slow-clients.duration", "PT20S"));

    /** Of the idle connections, 200 are being opened again: the server closes each after a minute. */
    private static final Map<SlowClient.Kind, Integer> CLIENTS = Map.of(
            SlowClient.Kind.SLOW_READER, 270,
            SlowClient.Kind.NO_READER, 30,
            SlowClient.Kind.SLOW_BODY, 300,
            SlowClient.Kind.SLOW_HEADER, 300,
            SlowClient.Kind.IDLE, 5200);

    private static final Duration RAMP_UP = Duration.ofSeconds(40);
    private static final int BARS = 20_000;
    private static final long MIB = 1 << 20;

    @Test
    void answersHealthChecksAndSmallReadsWhileClientsAreSlow(@TempDir Path directory) throws Exception {
        try (StockProcess process = start(directory)) {
            StockCalls calls = process.calls();
            importBars(calls);
            long heapBefore = process.liveHeap();
            Map<SlowClient.Kind, AtomicInteger> answered = new EnumMap<>(SlowClient.Kind.class);
            List<SlowClient> clients = new ArrayList<>();
            List<Future<?>> running = new ArrayList<>();
            Probes health = new Probes(calls, "/actuator/health");
            Probes reads = new Probes(calls, SMALL);
            try (ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(6)) {
                CLIENTS.forEach((kind, count) -> {
                    AtomicInteger ofKind = answered.computeIfAbsent(kind, _ -> new AtomicInteger());
                    IntStream.range(0, count).forEach(number -> {
                        SlowClient client = new SlowClient(calls.port(), kind, number, ofKind);
                        clients.add(client);
                        long delay = ThreadLocalRandom.current().nextLong(RAMP_UP.toMillis());
                        running.add(repeat(scheduler, client, delay, kind.period()));
                    });
                });
                await("idle connections and slow readers are there")
                        .atMost(Duration.ofMinutes(3))
                        .untilAsserted(() -> assertThat(answered.toString())
                                .matches("(?s).*SLOW_READER=2[4-7]\\d.*IDLE=5[012]\\d\\d.*"));
                CountDownLatch rounds = new CountDownLatch((int) DURATION.dividedBy(Probes.PERIOD));
                running.add(repeat(scheduler, health, 0, Probes.PERIOD));
                running.add(repeat(scheduler, reads, 0, Probes.PERIOD));
                running.add(repeat(scheduler, rounds::countDown, 0, Probes.PERIOD));
                assertThat(rounds.await(DURATION.toMillis() * 2, TimeUnit.MILLISECONDS))
                        .isTrue();
                LOG.info(
                        "{} of slow clients: health checks {}; small reads {}; connections with an answer {}; {}",
                        DURATION,
                        health,
                        reads,
                        answered,
                        process.memory());
                health.end();
                reads.end();
                running.forEach(task -> task.cancel(true));
            }
            health.check();
            reads.check();
            clients.forEach(SlowClient::close);

            for (int i = 0; i < 100; i++) {
                assertThat(calls.get(SMALL).status()).isEqualTo(200);
            }
            await("the heap is as it was")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> process.liveHeap() < heapBefore + 24 * MIB);
            LOG.info(
                    "Live heap {} MiB before and {} MiB after; {}",
                    heapBefore / MIB,
                    process.liveHeap() / MIB,
                    process.memory());
        }
    }

    private static Future<?> repeat(ScheduledExecutorService scheduler, Runnable task, long delay, Duration period) {
        return scheduler.scheduleAtFixedRate(task, delay, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static StockProcess start(Path directory) {
        String options = "JAVA_TOOL_OPTIONS=-Xmx128m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError";
        return StockProcess.start(
                List.of("env", options),
                TestStorage.WRITE_AHEAD,
                List.of(
                        "--stock.database.file=" + directory.resolve("stock.db"),
                        "--stock.spool.directory=" + directory),
                "slow-clients");
    }

    private static void importBars(StockCalls calls) {
        StringBuilder csv = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int i = 0; i < BARS; i++) {
            csv.append(TimestampFormat.text(1_700_000_040L + 60L * i)).append(",1.25,2.5,1.125,2.25,1000\n");
        }
        assertThat(calls.post("/api/v1/data/LARGE?timeframe=1m", "text/csv", csv.toString())
                        .status())
                .isEqualTo(200);
    }

    /** Calls of one path, and how long each took. For one thread at a time. */
    private static final class Probes implements Runnable {

        static final Duration PERIOD = Duration.ofMillis(200);
        private static final Duration USUAL_MAX = Duration.ofSeconds(1);

        /** The machine of the test, which runs the clients too, may stop for so long, and so often. */
        private static final Duration MAX = Duration.ofSeconds(10);

        private static final int SLOW_PER_CENT = 1;

        private final StockCalls calls;
        private final String path;
        private final List<Duration> taken = Collections.synchronizedList(new ArrayList<>());
        private volatile boolean ended;
        private final AtomicInteger slow = new AtomicInteger();
        private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

        Probes(StockCalls calls, String path) {
            this.calls = calls;
            this.path = path;
        }

        @Override
        public void run() {
            long started = System.nanoTime();
            String outcome;
            try {
                outcome = Integer.toString(calls.get(path).status());
            } catch (RuntimeException e) {
                outcome = e.toString();
            }
            Duration duration = Duration.ofNanos(System.nanoTime() - started);
            if (ended) {
                return;
            }
            taken.add(duration);
            if (duration.compareTo(USUAL_MAX) > 0) {
                slow.incrementAndGet();
            }
            if (!outcome.equals("200") || duration.compareTo(MAX) > 0) {
                failures.add(path + ": " + outcome + " after " + duration.toMillis() + " ms");
            }
        }

        /** Each call was answered; at most one of a hundred took more than a second. */
        void check() {
            assertThat(failures).isEmpty();
            assertThat(slow.get())
                    .as("calls of %s that took more than a second, of %s", path, this)
                    .isLessThanOrEqualTo(taken.size() * SLOW_PER_CENT / 100);
        }

        /** Ends the measurement: a call that is still in progress does not count. */
        void end() {
            ended = true;
        }

        @Override
        public String toString() {
            List<Duration> sorted = taken.stream().sorted().toList();
            return "%d, median %d ms, p99 %d ms, maximum %d ms"
                    .formatted(sorted.size(), at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1));
        }

        private static long at(List<Duration> sorted, double share) {
            return sorted.isEmpty()
                    ? 0
                    : sorted.get((int) ((sorted.size() - 1) * share)).toMillis();
        }
    }
}
