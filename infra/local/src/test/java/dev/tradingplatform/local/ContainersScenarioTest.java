package dev.tradingplatform.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Record;

/**
 * The promise of the whole project, kept by docker-compose.yml: whatever happens to a replica or to DNS, no request to
 * signal-service fails. One platform for all tests, which leave it as they found it; the table of what they saw is
 * printed and written to {@code target/resilience.md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersScenarioTest {

    private static final Logger LOG = LoggerFactory.getLogger(ContainersScenarioTest.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration BEYOND_TTL = Duration.ofSeconds(65);
    private static final Duration MOMENT = Duration.ofSeconds(3);
    private static final int PER_SECOND = 100;
    private static final int WARM_UP = 3_000;
    /** Of Cloud Map's MULTIVALUE routing. */
    private static final int MOST_IN_ONE_ANSWER = 8;

    private static final int REPLICAS = 3;
    private static final int STOP_SECONDS = 60;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final Compose compose = Compose.project(RandomGenerator.getDefault(), DRAIN);
    private final Table table = new Table();
    private final Docker docker = new Docker("docker-compose.yml");

    @BeforeAll
    void start() throws InterruptedException {
        if (!docker.isThere()) {
            return;
        }
        docker.cleansUp(compose);
        compose.run("up", "--build", "--wait");
        try (SignalLoad load = load()) {
            load.awaitAnswers(WARM_UP, PATIENCE);
        }
    }

    @AfterAll
    void stop() throws IOException {
        http.close();
        if (docker.isThere()) {
            compose.run("--profile", "*", "down", "--volumes", "--timeout", "2");
            LOG.info("{} requests a second to signal-service:\n\n{}", PER_SECOND, table.markdown());
            Files.writeString(Path.of("target", "resilience.md"), table.markdown());
        }
    }

    /** Each test begins with everybody well. */
    @BeforeEach
    void requireEverybody() throws InterruptedException {
        docker.require();
        awaitInDns(REPLICAS);
    }

    @Test
    @Order(1)
    void replicasHaveTheAddressesOfTheArticle() throws IOException {
        assertThat(Dig.a(dns()))
                .extracting(Record::rdataToString)
                .containsExactlyInAnyOrder(
                        compose.network() + ".101", compose.network() + ".102", compose.network() + ".103");
        assertThat(Dig.a(dns())).extracting(Record::getTTL).containsOnly(60L);
        assertThat(Dig.srv(dns()))
                .extracting(Record::rdataToString)
                .hasSize(REPLICAS)
                .allMatch(srv -> srv.matches("1 1 80 [0-9a-f]{32}\\.stock-service\\.trading-platform\\.local\\."));
    }

    @Test
    @Order(2)
    void noRequestFailsWhileAReplicaIsKilled() throws Exception {
        underFire("killed (SIGKILL)", victim -> {
            docker.client().killContainerCmd(victim).exec();
            awaitInDns(REPLICAS - 1);
            goOn(MOMENT);
            docker.client().startContainerCmd(victim).exec();
        });
    }

    @Test
    @Order(3)
    void noRequestFailsWhileAReplicaIsFrozen() throws Exception {
        underFire("paused (frozen)", victim -> {
            docker.freeze(victim);
            awaitInDns(REPLICAS - 1);
            goOn(MOMENT);
            docker.client().unpauseContainerCmd(victim).exec();
        });
    }

    @Test
    @Order(4)
    void noRequestFailsWhileAReplicaIsStoppedGracefully() throws Exception {
        underFire("stopped (SIGTERM)", victim -> {
            docker.client().stopContainerCmd(victim).withTimeout(STOP_SECONDS).exec();
            InspectContainerResponse.ContainerState state =
                    docker.client().inspectContainerCmd(victim).exec().getState();
            assertThat(state.getExitCodeLong()).as("128 + SIGTERM, by itself").isEqualTo(143);
            awaitInDns(REPLICAS - 1);
            goOn(MOMENT);
            docker.client().startContainerCmd(victim).exec();
        });
    }

    @Test
    @Order(5)
    void noRequestFailsWhileAReplicaIsCutOffTheNetwork() throws Exception {
        underFire("cut off the network", victim -> {
            docker.client()
                    .disconnectFromNetworkCmd()
                    .withContainerId(victim)
                    .withNetworkId(network())
                    .exec();
            awaitInDns(REPLICAS - 1);
            goOn(MOMENT);
            docker.client()
                    .connectToNetworkCmd()
                    .withContainerId(victim)
                    .withNetworkId(network())
                    .withContainerNetwork(new ContainerNetwork().withAliases("stock-service"))
                    .exec();
        });
    }

    @Test
    @Order(6)
    void noRequestFailsWhileAReplicaIsReplacedByOneAtANewAddress() throws Exception {
        underFire("replaced, at a new IP", victim -> {
            List<String> before = addresses();
            docker.client().removeContainerCmd(victim).withForce(true).exec();
            awaitInDns(REPLICAS - 1);
            List<String> old = new ArrayList<>(before);
            old.removeAll(addresses());
            String occupant = occupy(old.getFirst());
            compose.run("up", "--no-build", "--no-recreate", "--wait");
            awaitInDns(REPLICAS);
            assertThat(addresses()).hasSize(REPLICAS).doesNotContainAnyElementsOf(old);
            docker.client().removeContainerCmd(occupant).withForce(true).exec();
        });
    }

    /** Docker gives a new container the lowest free address; this takes one away. */
    private String occupy(String address) {
        return compose.docker(
                "run",
                "--detach",
                "--network",
                network(),
                "--ip",
                address,
                "--entrypoint",
                "sleep",
                "cloud-map",
                "600");
    }

    @Test
    @Order(7)
    void noRequestFailsWhileDnsIsGoneForLongerThanTheTtl() throws Exception {
        String cloudMap = compose.containers("cloud-map").getFirst();
        underFire("DNS stopped for " + BEYOND_TTL.toSeconds() + " s", _ -> {
            docker.client().stopContainerCmd(cloudMap).withTimeout(2).exec();
            goOn(BEYOND_TTL);
            docker.client().startContainerCmd(cloudMap).exec();
        });
    }

    @Test
    @Order(8)
    void dnsFollowsScalingUpAndDown() throws Exception {
        scaleTo(5);
        awaitInDns(5);
        assertThat(addresses()).containsExactlyInAnyOrderElementsOf(running());
        assertThat(targets()).containsExactlyInAnyOrderElementsOf(withPort(running()));

        scaleTo(12);
        awaitInDns(MOST_IN_ONE_ANSWER);
        assertThat(running()).hasSize(12);
        assertThat(addresses()).doesNotHaveDuplicates().isSubsetOf(running());
        assertThat(targets()).doesNotHaveDuplicates().isSubsetOf(withPort(running()));

        scaleTo(2);
        awaitInDns(2);
        assertThat(addresses()).containsExactlyInAnyOrderElementsOf(running());
        assertThat(targets()).containsExactlyInAnyOrderElementsOf(withPort(running()));
        compose.run("up", "--no-build", "--no-recreate", "--wait");
    }

    private void scaleTo(int replicas) {
        compose.run("up", "--no-build", "--no-recreate", "--wait", "--scale", "stock-service=" + replicas);
    }

    /** The addresses that Docker gave to the replicas. */
    private List<String> running() {
        return compose.containers("stock-service").stream()
                .map(container -> docker.client()
                        .inspectContainerCmd(container)
                        .exec()
                        .getNetworkSettings()
                        .getNetworks())
                .map(networks -> requireNonNull(networks.get(network())).getIpAddress())
                .toList();
    }

    private static List<String> withPort(List<String> addresses) {
        return addresses.stream().map(address -> address + ":80").toList();
    }

    @Test
    @Order(9)
    void containersMayDoNoMoreThanTheyMust() {
        for (String service : List.of("cloud-map", "stock-service", "signal-service")) {
            InspectContainerResponse container = docker.client()
                    .inspectContainerCmd(compose.containers(service).getFirst())
                    .exec();
            assertThat(container.getConfig().getUser()).as(service).isEqualTo("10001:10001");
            assertThat(container.getHostConfig().getReadonlyRootfs())
                    .as(service)
                    .isTrue();
            assertThat(container.getHostConfig().getCapDrop())
                    .extracting(Enum::name)
                    .containsExactly("ALL");
            assertThat(container.getHostConfig().getSecurityOpts()).contains("no-new-privileges:true");
            Map<ExposedPort, Ports.Binding[]> published =
                    container.getNetworkSettings().getPorts().getBindings();
            assertThat(published.values())
                    .flatExtracting(bindings -> bindings == null ? List.of() : List.of(bindings))
                    .extracting("hostIp")
                    .containsOnly("127.0.0.1");
        }
    }

    @Test
    @Order(10)
    void theCommandsOfTheReadmeWorkInsideTheNetwork() {
        compose.run("--profile", "tools", "build", "tools");
        assertThat(tools("curl", "-sS", "http://stock-service.trading-platform.local/api/v1/data/TICKER_1"))
                .contains("\"ticker\":\"TICKER_1\"");
        assertThat(tools("dig", "stock-service.trading-platform.local"))
                .contains("status: NOERROR", "ANSWER: 3")
                .containsPattern("stock-service\\.trading-platform\\.local\\. \\d+\\s+IN\\s+A\\s+10\\.");
    }

    @Test
    @Order(11)
    void imagesStartFromTheirAotCache() {
        for (String service : List.of("stock-service", "signal-service")) {
            // "on" refuses to start without a usable cache; by default the JVM would go on, slowly.
            compose.docker(
                    "run",
                    "--rm",
                    "--read-only",
                    "--memory",
                    "512m",
                    "--tmpfs",
                    "/tmp:exec",
                    "--env",
                    "JAVA_TOOL_OPTIONS=-XX:AOTMode=on -Dspring.context.exit=onRefresh",
                    service);
        }
    }

    private String tools(String... words) {
        List<String> command = List.of("run", "--rm", "--no-deps", "tools");
        return compose.run(Stream.concat(command.stream(), Stream.of(words)).toArray(String[]::new));
    }

    /** What is done to the platform; the argument is a replica. */
    @FunctionalInterface
    private interface Fault {
        void happen(String victim) throws Exception;
    }

    private void underFire(String title, Fault fault) throws Exception {
        String victim = compose.containers("stock-service").getFirst();
        SignalLoad load = load();
        try (load) {
            load.awaitAnswers(2 * PER_SECOND, PATIENCE);
            fault.happen(victim);
            awaitInDns(REPLICAS);
            load.awaitAnswers(load.answers() + 2 * PER_SECOND, PATIENCE);
        }
        table.add(title, load);
        assertThat(load.failures()).isEmpty();
    }

    private SignalLoad load() {
        return new SignalLoad(http, compose.published("signal-service", "tcp", 80), PER_SECOND);
    }

    private InetSocketAddress dns() {
        return compose.published("cloud-map", "udp", 53);
    }

    private String network() {
        return compose.project() + "_platform";
    }

    private List<String> targets() throws IOException {
        List<String> targets = new ArrayList<>();
        for (Record srv : Dig.srv(dns())) {
            targets.add(Dig.target(dns(), srv));
        }
        return targets;
    }

    private List<String> addresses() throws IOException {
        return Dig.a(dns()).stream().map(Record::rdataToString).sorted().toList();
    }

    private void awaitInDns(int replicas) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        String seen = "";
        while (System.nanoTime() - deadline < 0) {
            try {
                seen = Dig.a(dns()) + " and " + Dig.srv(dns());
                if (Dig.a(dns()).size() == replicas && Dig.srv(dns()).size() == replicas) {
                    return;
                }
            } catch (IOException | AssertionError e) {
                seen = e.toString(); // DNS itself is on its way back
            }
            goOn(LOOK_AGAIN);
        }
        fail("not %d replicas in DNS, but %s", replicas, seen);
    }

    /** Lets the load go on for a while. */
    private static void goOn(Duration time) throws InterruptedException {
        new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }
}
