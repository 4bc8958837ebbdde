package dev.tradingplatform.stock.limits;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.Eventually;
import dev.tradingplatform.stock.testing.RawClient;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockProcess;
import dev.tradingplatform.stock.testing.TestStorage;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.Assert;

/** A crowd, against the service as a process of its own with a heap of 128 MiB: each side has its own open files. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrowdTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrowdTest.class);

    private static final int CROWD = 10_000;
    private static final int OTHER_FILES = 500;

    /** With fewer there is no crowd, and nothing is shown. */
    private static final int FEWEST = 100;

    private static final int SENDERS = 8;
    private static final int ROUNDS = 3;
    private static final int SLOW = 300;
    private static final int BARS = 6000;
    private static final String PATH = "/api/v1/data/CROWD?timeframe=1m&last=50";
    private static final String PAGE = "/api/v1/data/CROWD?timeframe=1m&limit=" + BARS;

    private @Nullable StockProcess process;
    private @Nullable StockCalls service;

    @BeforeAll
    void start(@TempDir Path directory) {
        StockProcess started = StockProcess.start(
                List.of("env", "JAVA_TOOL_OPTIONS=-Xmx128m"),
                TestStorage.WRITE_AHEAD,
                List.of(
                        "--stock.database.file=" + directory.resolve("stock.db"),
                        // All connections are made before the first of them sends.
                        "--server.tomcat.connection-timeout=120s",
                        "--server.tomcat.keep-alive-timeout=120s",
                        // A busy machine may keep a hundred threads waiting for the four readers longer than 5 s.
                        "--stock.database.busy-timeout=60s"),
                "crowded");
        process = started;
        StockCalls calls = started.calls();
        StringBuilder csv = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int i = 0; i < BARS; i++) {
            csv.append(Instant.ofEpochSecond(1_700_000_040L + 60L * i)).append(",1.25,2.5,1.125,2.25,1000\n");
        }
        assertThat(calls.post("/api/v1/data/CROWD?timeframe=1m", "text/csv", csv.toString())
                        .status())
                .isEqualTo(200);
        service = calls;
    }

    @AfterAll
    void stop() {
        StockProcess running = process;
        if (running != null) {
            running.close();
        }
    }

    @Test
    void answersTenThousandReadersWhoKeepTheirConnectionsAndHasNoThreadForEach() {
        List<RawClient> crowd = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(SENDERS + 1)) {
            int port = calls().port();
            IntStream.range(0, size()).forEach(_ -> crowd.add(new RawClient(port)));
            for (int round = 1; round <= ROUNDS; round++) {
                CompletableFuture<List<Duration>> health = new CompletableFuture<>();
                CompletableFuture<Boolean> answered = new CompletableFuture<>();
                pool.execute(() -> health.complete(askHealthUntil(answered)));
                Instant begun = Instant.now();
                List<String> replies = replies(crowd, pool, port);
                Duration taken = Duration.between(begun, Instant.now());
                answered.complete(true);

                assertThat(replies).hasSize(crowd.size()).allSatisfy(CrowdTest::isServedOrToldToComeBack);
                assertThat(replies.stream().filter(reply -> reply.startsWith("HTTP/1.1 200")))
                        .as("many are served")
                        .hasSizeGreaterThan(crowd.size() / 20);
                List<Duration> waits = health.orTimeout(30, TimeUnit.SECONDS).join();
                assertThat(waits).isNotEmpty().allMatch(wait -> wait.toSeconds() < 10);
                assertThat(threads())
                        .as("400 for requests, 50 to spare and a few")
                        .isLessThan(520);
                LOG.info(
                        "Round {}: {} connections answered in {} ms, {} of them with 503; health within {} ms; {} threads",
                        round,
                        crowd.size(),
                        taken.toMillis(),
                        replies.stream()
                                .filter(reply -> reply.startsWith("HTTP/1.1 503"))
                                .count(),
                        waits.stream().mapToLong(Duration::toMillis).max().orElse(0),
                        threads());
            }
            assertThat(calls().get(PATH).status())
                    .as("idle ones are in nobody's way")
                    .isEqualTo(200);
        } finally {
            crowd.forEach(RawClient::close);
        }
    }

    @Test
    void servesOthersWhileHundredsDoNotReadTheirLargeAnswers() {
        String whole = calls().get(PAGE).body();
        int port = calls().port();
        List<RawClient> slow = new ArrayList<>();
        try {
            // One after another: whoever makes 300 pages at a time on two cores is told that the storage is busy.
            for (int i = 0; i < SLOW; i++) {
                RawClient client = new RawClient(port, 4096);
                slow.add(client);
                assertThat(client.send("GET " + PAGE + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .line())
                        .isEqualTo("HTTP/1.1 200");
            }

            Instant begun = Instant.now();
            Answer other = calls().get(PATH);
            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(other.status()).isEqualTo(200);
            assertThat(threads()).isLessThan(520);
            assertThat(slow.getLast().reply()).endsWith(whole);
        } finally {
            slow.forEach(RawClient::close);
        }
        Eventually.holds(
                "a whole page is served", () -> calls().get(PAGE).body().equals(whole));
    }

    private static int size() {
        long files = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount()
                : CROWD + OTHER_FILES;
        int size = (int) Math.min(CROWD, files - OTHER_FILES);
        Assert.state(size >= FEWEST, "a process may have no more than " + files + " more open files here");
        if (size < CROWD) {
            String why = "SCALED DOWN to " + size + " connections instead of " + CROWD
                    + ": a process may have no more open files here (ulimit -Hn)";
            Assert.state(System.getenv("REQUIRE_CROWD") == null, why);
            LOG.warn("{}", why);
        }
        return size;
    }

    /** Sends on all connections before it reads from any. */
    private static List<String> replies(List<RawClient> crowd, ExecutorService pool, int port) {
        ConcurrentLinkedQueue<String> replies = new ConcurrentLinkedQueue<>();
        List<List<RawClient>> parts = IntStream.range(0, SENDERS)
                .mapToObj(part -> IntStream.range(0, crowd.size())
                        .filter(i -> i % SENDERS == part)
                        .mapToObj(crowd::get)
                        .toList())
                .toList();
        inParallel(parts, pool, client -> client.send("GET " + PATH + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        inParallel(parts, pool, client -> replies.add(client.reply()));
        // A refusal ends its connection: who was told to come back does so on another.
        crowd.replaceAll(client -> client.isClosedByServer() ? new RawClient(port) : client);
        return List.copyOf(replies);
    }

    private static void inParallel(List<List<RawClient>> parts, ExecutorService pool, Consumer<RawClient> work) {
        List<CompletableFuture<Void>> all = parts.stream()
                .map(part -> CompletableFuture.runAsync(() -> part.forEach(work), pool))
                .toList();
        all.forEach(part -> part.orTimeout(120, TimeUnit.SECONDS).join());
    }

    private static void isServedOrToldToComeBack(String reply) {
        if (!reply.startsWith("HTTP/1.1 200")) {
            assertThat(reply)
                    .startsWith("HTTP/1.1 503")
                    .contains("Retry-After: 1")
                    .contains("application/problem+json", "urn:problem:overloaded");
        }
    }

    private List<Duration> askHealthUntil(CompletableFuture<Boolean> done) {
        List<Duration> waits = new ArrayList<>();
        do {
            Instant begun = Instant.now();
            assertThat(calls().get("/actuator/health/liveness").status()).isEqualTo(200);
            waits.add(Duration.between(begun, Instant.now()));
        } while (!done.isDone());
        return waits;
    }

    private int threads() {
        return calls().get("/actuator/metrics/jvm.threads.live")
                .at("/measurements/0/value")
                .asInt();
    }

    private StockCalls calls() {
        StockCalls current = service;
        Assert.state(current != null, "not started");
        return current;
    }
}
