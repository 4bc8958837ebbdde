package dev.tradingplatform.local.replica;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapInstance;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.local.child.Child;
import dev.tradingplatform.local.child.Children;
import dev.tradingplatform.local.child.Program;
import dev.tradingplatform.local.fake.FakeJar;
import dev.tradingplatform.local.fake.FakeService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaTest {

    private static final Duration PATIENCE = ofSeconds(30);

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private final BlockingQueue<ReplicaEvent> events = new LinkedBlockingQueue<>();
    private volatile boolean healthy = true;
    private final Replica replica;

    ReplicaTest(@TempDir Path directory) throws IOException {
        this.replica = replica(directory, new Pace(ofMillis(10), 3, 200, PATIENCE, PATIENCE));
    }

    @AfterEach
    void stop() throws InterruptedException {
        replica.askToStop();
        assertThat(replica.stopsWithin(PATIENCE)).isTrue();
        assertThat(replica.child())
                .isPresent()
                .get()
                .satisfies(child -> assertThat(child.endsWithin(Duration.ZERO)).isTrue());
    }

    @Test
    void isRegisteredWhenItIsReady() throws Exception {
        replica.start();

        ReplicaEvent.Ready ready = next(ReplicaEvent.Ready.class);

        assertThat(ready.again()).isFalse();
        assertThat(replica.firstReady()).isCompleted();
        assertThat(instances())
                .containsExactly(
                        new CloudMapInstance(ready.instanceId(), address().getAddress(), 80, true));
    }

    @Test
    void isUnhealthyWhileItFailsChecksAndRecovers() throws Exception {
        replica.start();
        long pid = next(ReplicaEvent.Ready.class).pid();

        healthy = false;
        assertThat(next(ReplicaEvent.Unhealthy.class).pid()).isEqualTo(pid);
        assertThat(instances()).extracting(CloudMapInstance::healthy).containsExactly(false);
        healthy = true;

        assertThat(next(ReplicaEvent.Recovered.class).pid()).isEqualTo(pid);
        assertThat(instances()).extracting(CloudMapInstance::healthy).containsExactly(true);
    }

    @Test
    void isReplacedWhenItDoesNotRecover() throws Exception {
        replica.start();
        ReplicaEvent.Ready first = next(ReplicaEvent.Ready.class);

        healthy = false;
        next(ReplicaEvent.Unhealthy.class);
        ReplicaEvent.Died died = next(ReplicaEvent.Died.class);
        assertThat(instances()).isEmpty();
        healthy = true;

        assertThat(died.ending()).contains("SIGKILL");
        assertThat(died.pause()).isEqualTo(ofSeconds(1));
        ReplicaEvent.Ready second = next(ReplicaEvent.Ready.class);
        assertThat(second.again()).isTrue();
        assertThat(second.instanceId()).isNotEqualTo(first.instanceId());
        assertThat(instances()).extracting(CloudMapInstance::id).containsExactly(second.instanceId());
    }

    @Test
    void startsNothingAfterItWasAskedToStop() throws Exception {
        replica.start();
        next(ReplicaEvent.Ready.class);

        replica.askToStop();

        assertThat(replica.stopsWithin(PATIENCE)).isTrue();
        assertThat(instances()).isEmpty();
        assertThat(events).isEmpty();
    }

    @Test
    void failsWhenItsFirstProcessIsNotReadyInTime(@TempDir Path other) throws Exception {
        healthy = false;
        Replica slow = replica(other, new Pace(ofMillis(10), 3, 200, ofSeconds(1), PATIENCE));

        slow.start();

        assertThat(slow.stopsWithin(PATIENCE)).isTrue();
        assertThatThrownBy(slow.firstReady()::join)
                .hasCauseInstanceOf(StartFailure.class)
                .hasMessageContaining("stock-service 1 was not ready after 1 s");
        assertThat(slow.child().filter(ReplicaTest::lives)).isEmpty();
        startForStop();
    }

    private void startForStop() throws InterruptedException {
        healthy = true;
        replica.start();
        next(ReplicaEvent.Ready.class);
    }

    private static boolean lives(Child child) {
        return ProcessHandle.of(child.pid()).isPresent();
    }

    private Replica replica(Path directory, Pace pace) throws IOException {
        Path jar = FakeJar.of(FakeService.class, directory);
        Program program = new Program(jar, List.of(), List.of("--server.address=127.0.0.1", "--server.port=0"));
        ReplicaSpec spec = new ReplicaSpec("stock-service 1", "stock-service", address(), _ -> program);
        Cluster cluster = new Cluster(cloudMap, Children.logging(directory), _ -> healthy, events::add);
        return new Replica(spec, cluster, pace, System::nanoTime, new Random(2));
    }

    private List<CloudMapInstance> instances() {
        return cloudMap.instances("stock-service");
    }

    private static InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 80);
    }

    private <E extends ReplicaEvent> E next(Class<E> type) throws InterruptedException {
        return type.cast(requireNonNull(events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS), "no event"));
    }
}
