package dev.tradingplatform.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.local.demo.FirstStart;
import dev.tradingplatform.local.replica.Replica;
import dev.tradingplatform.local.replica.ReplicaEvent;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xbill.DNS.Record;

/** The promise of the whole project, kept by the real services: a replica dies and nobody notices. */
class KilledReplicaScenarioTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PER_SECOND = 50;
    private static final int BEFORE = 100;
    private static final int AFTER = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<ReplicaEvent> events = new LinkedBlockingQueue<>();
    private final Layout layout;
    private final Platform platform;
    private final FirstStart firstStart;

    KilledReplicaScenarioTest(@TempDir Path data) throws IOException {
        Loopback loopback = new Loopback(RandomGenerator.getDefault());
        Options options = Options.parse(List.of(
                "--stock-jar=" + bootJar("stock-service"),
                "--signal-jar=" + bootJar("signal-service"),
                "--data=" + data,
                "--dns=" + Story.address(loopback.place(1)),
                "--signal=" + Story.address(loopback.place(2)),
                "--stock=" + Story.address(loopback.place(101))));
        layout = Layout.choose(options);
        firstStart = FirstStart.of(options.data(), options.database());
        platform = new Platform(options, layout, http, events::add);
    }

    @BeforeEach
    void startThePlatform() throws Exception {
        platform.start();
        platform.ready().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        firstStart.fill(http, layout.stocks().getFirst());
        events.clear();
    }

    @AfterEach
    void stopThePlatform() {
        platform.close();
        http.close();
    }

    @Test
    void noRequestFailsWhileAReplicaIsKilledAndComesBack() throws Exception {
        List<String> before = awaitTargets(3);
        Replica victim = platform.replicas().get(1);
        long pid = victim.child().orElseThrow().pid();
        try (SignalLoad load = new SignalLoad(http, layout.signal(), PER_SECOND)) {
            load.awaitAnswers(BEFORE, PATIENCE);

            Launcher.signal("KILL", Stream.of(pid));
            await(ReplicaEvent.Died.class, victim);
            List<String> without = awaitTargets(2);
            await(ReplicaEvent.Ready.class, victim);
            List<String> after = awaitTargets(3);
            load.awaitAnswers(load.answers() + AFTER, PATIENCE);

            assertThat(load.failures()).isEmpty();
            assertThat(load.answers()).isGreaterThan(BEFORE + AFTER);
            assertThat(before).containsAll(without);
            assertThat(after).containsAll(without).isNotEqualTo(before);
        }
    }

    /** Passes over what a busy machine does to others, such as a health check that takes too long. */
    private void await(Class<? extends ReplicaEvent> type, Replica replica) throws InterruptedException {
        ReplicaEvent event;
        do {
            event = requireNonNull(events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), type.getSimpleName());
        } while (!type.isInstance(event) || !event.replica().equals(replica.spec()));
    }

    /** Asks again: on a busy machine a health check that takes too long puts another one out of DNS for a moment. */
    private List<String> awaitTargets(int replicas) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> targets = targets();
        while (targets.size() != replicas) {
            assertThat(System.nanoTime() - deadline)
                    .as("%s, not %d", targets, replicas)
                    .isNegative();
            targets = targets();
        }
        return targets;
    }

    private List<String> targets() throws IOException {
        return Dig.srv(layout.dns()).stream()
                .map(Record::rdataToString)
                .sorted()
                .toList();
    }

    /** Built by the modules' own packaging, before this phase. */
    private static Path bootJar(String module) throws IOException {
        Path target = Path.of("..", "..", module, "target");
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.toString().endsWith("-boot.jar"))
                    .findAny()
                    .orElseThrow(() -> new AssertionError(
                            "no boot jar in " + target.toAbsolutePath().normalize()));
        }
    }
}
