package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** Interoperation with a DNS server of another project: dnsmasq from Debian's packages, in a container. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherDnsServerTest {

    private static final Logger LOG = LoggerFactory.getLogger(OtherDnsServerTest.class);
    private static final ServiceName STOCK = new ServiceName("stock.zone.test");
    private static final int DNS = 53;
    private static final int TTL = 30;
    private static final int MANY = 40;

    private final List<GenericContainer<?>> started = new ArrayList<>();
    private int port;
    private String missing = "";

    @BeforeAll
    void start() throws IOException {
        port = freePort();
        if (!DockerClientFactory.instance().isDockerAvailable()) {
            skip("Docker is not available");
            return;
        }
        try {
            GenericContainer<?> dnsmasq = new GenericContainer<>(image())
                    .withCommand(commandLine())
                    .withCreateContainerCmdModifier(this::publish)
                    .waitingFor(Wait.forLogMessage(".*started, version.*", 1))
                    .withStartupTimeout(Duration.ofSeconds(30));
            started.add(dnsmasq);
            dnsmasq.start();
        } catch (RuntimeException unusable) {
            skip("its container cannot be built or started: " + unusable);
        }
    }

    @AfterAll
    void stop() {
        started.forEach(GenericContainer::close);
    }

    private void skip(String reason) {
        LOG.warn("*** SKIPPED: dnsmasq is not tested, because {} ***", reason);
        missing = reason;
    }

    /** Before each test, so that each is counted as skipped. */
    @BeforeEach
    void requireServer() {
        assumeTrue(missing.isEmpty(), missing);
    }

    private static ImageFromDockerfile image() {
        // With a fixed name, so that the next run uses the same image.
        return new ImageFromDockerfile("trading-platform-test-dnsmasq", false)
                .withDockerfileFromBuilder(image -> image.from("debian:bookworm-slim")
                        .run("apt-get update && apt-get install -y --no-install-recommends dnsmasq-base")
                        // Ends by itself if the test process is killed.
                        .entryPoint("timeout", "600", "dnsmasq")
                        .build());
    }

    private static String[] commandLine() {
        List<String> words = new ArrayList<>(List.of(
                "--keep-in-foreground",
                "--log-facility=-",
                "--user=root",
                "--no-resolv",
                "--no-hosts",
                "--local=/zone.test/",
                "--local-ttl=" + TTL,
                "--txt-record=text.zone.test,here"));
        for (int task = 1; task <= 3; task++) {
            words.add("--host-record=task" + task + ".stock.zone.test,10.0.1.10" + task + ",2001:db8::" + task);
            words.add("--host-record=plain.zone.test,10.0.1.10" + task);
            words.add("--srv-host=stock.zone.test,task" + task + ".stock.zone.test,808" + task + "," + task + ",5");
        }
        for (int task = 1; task <= MANY; task++) {
            words.add("--host-record=a-rather-long-name-of-task-%d.many.zone.test,10.0.2.%d".formatted(task, task));
            words.add("--srv-host=many.zone.test,a-rather-long-name-of-task-%d.many.zone.test,80,1,1".formatted(task));
        }
        return words.toArray(String[]::new);
    }

    /** Publishes one port for UDP and TCP, as a nameserver has; Docker would choose two. */
    private void publish(CreateContainerCmd command) {
        Ports.Binding here = Ports.Binding.bindIpAndPort("127.0.0.1", port);
        command.withExposedPorts(ExposedPort.udp(DNS), ExposedPort.tcp(DNS))
                .withHostConfig(HostConfig.newHostConfig()
                        .withPortBindings(
                                new PortBinding(here, ExposedPort.udp(DNS)),
                                new PortBinding(here, ExposedPort.tcp(DNS))));
    }

    private static int freePort() throws IOException {
        try (DnsServer probe = DnsServer.start(InetAddress.getLoopbackAddress(), 0, query -> query)) {
            return probe.address().getPort();
        }
    }

    private Resolution resolve(ServiceName service, RecordType recordType, boolean ipv6) {
        return new DnsResolver(
                        Nameservers.of(List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))),
                        recordType,
                        new AddressPolicy(false, ipv6),
                        CloudMap.MAX_RECORDS,
                        System::nanoTime)
                .resolve(service, ZoneServer.URL_PORT);
    }

    @Test
    void resolvesARecords() {
        assertThat(ZoneServer.endpoints(resolve(new ServiceName("plain.zone.test"), RecordType.A, false)))
                .containsExactly("10.0.1.101:80", "10.0.1.102:80", "10.0.1.103:80");
    }

    @Test
    void resolvesSrvRecordsWithPortPriorityWeightAndTtl() {
        assertThat(resolve(STOCK, RecordType.SRV, false)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(ZoneServer.endpoints(found))
                    .containsExactly("10.0.1.101:8081", "10.0.1.102:8082", "10.0.1.103:8083");
            assertThat(found.targets())
                    .allSatisfy(target -> assertThat(target.endpoint().port()).isEqualTo(8080 + target.priority()));
            assertThat(found.targets()).extracting(Target::weight).containsOnly(5);
            assertThat(found.ttl()).hasSeconds(TTL);
            assertThat(found.complete()).isTrue();
        });
    }

    @Test
    void resolvesBothFamiliesOfAddressesOfSrvTargets() {
        assertThat(ZoneServer.endpoints(resolve(STOCK, RecordType.SRV, true)))
                .hasSize(6)
                .contains("10.0.1.101:8081", "[2001:db8:0:0:0:0:0:1]:8081");
    }

    @Test
    void resolvesOverTcpWhatDoesNotFitIntoADatagram() {
        assertThat(((Resolution.Found) resolve(new ServiceName("many.zone.test"), RecordType.SRV, false)).targets())
                .hasSize(MANY);
    }

    @Test
    void tellsAMissingNameFromAMissingRecordType() {
        assertThat(resolve(new ServiceName("missing.zone.test"), RecordType.SRV, false))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("NXDOMAIN"));
        assertThat(resolve(new ServiceName("text.zone.test"), RecordType.SRV, false))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("NODATA"));
    }
}
