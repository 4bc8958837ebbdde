package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client on ECS, as its task metadata endpoint would have it: two zones, told apart by their subnets. */
class OwnZoneTest {

    private static final String SERVICE = "stock-service";

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private final List<Backend> own = new ArrayList<>();
    private final List<Backend> others = new ArrayList<>();
    private Backend agent;
    private DnsServer dns;

    @BeforeEach
    void start() throws IOException {
        agent = Backend.start(InetAddress.getLoopbackAddress(), 0);
        agent.behave(BackendBehaviour.answering(
                200, "{\"Containers\":[{\"Networks\":[{\"IPv4SubnetCIDRBlock\":\"127.0.1.0/24\"}]}]}"));
        dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
        for (int task = 1; task <= 2; task++) {
            own.add(started("127.0.1." + task));
        }
        for (int task = 1; task <= 4; task++) {
            others.add(started("127.0.2." + task));
        }
    }

    private Backend started(String ip) throws IOException {
        Backend backend = Backend.start(InetAddress.getByName(ip), 0);
        cloudMap.register(
                SERVICE,
                ip.replace('.', '-'),
                backend.address().getAddress(),
                backend.address().getPort());
        return backend;
    }

    @AfterEach
    void stop() {
        own.forEach(Backend::close);
        others.forEach(Backend::close);
        dns.close();
        agent.close();
    }

    private ServiceClient client(Map<String, String> environment) {
        return ServiceClient.of(
                DiscoverySettings.inNamespace("trading-platform.local")
                        .withNameservers("127.0.0.1:" + dns.address().getPort())
                        .withLoopback(),
                DiscoveryListener.NONE,
                environment);
    }

    private Map<String, String> onEcs() {
        return Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://" + agent.name() + "/v4/task-id");
    }

    private static Set<String> answering(ServiceClient client) {
        return IntStream.range(0, 100)
                .mapToObj(_ -> {
                    try (ServiceResponse response = client.send(ServiceRequest.get("http://" + SERVICE + "/"))) {
                        return response.text();
                    }
                })
                .collect(Collectors.toSet());
    }

    private Set<String> ownNames() {
        return own.stream().map(Backend::name).collect(Collectors.toSet());
    }

    @Test
    void callsStayInTheOwnZoneAndLeaveItWhenItIsGone() {
        try (ServiceClient client = client(onEcs())) {
            Load.await(() -> answering(client).equals(ownNames()), "calls leave the zone");
            assertThat(agent.executed())
                    .singleElement()
                    .satisfies(request -> assertThat(request.path()).isEqualTo("/v4/task-id/task"));
            int before = calls(others);
            assertThat(answering(client)).isEqualTo(ownNames());
            assertThat(calls(others)).isEqualTo(before);

            own.forEach(Backend::refuse);
            assertThat(answering(client)).hasSize(4).doesNotContainAnyElementsOf(ownNames());
        }
    }

    @Test
    void callsGoEverywhereBelowSixEndpoints() {
        cloudMap.deregister(SERVICE, "127-0-2-4");
        try (ServiceClient client = client(onEcs())) {
            Load.await(() -> agent.executed().size() == 1, "the task's metadata is not asked for");

            assertThat(answering(client)).hasSize(5);
        }
    }

    @Test
    void callsGoEverywhereOutsideEcsAndNobodyIsAsked() {
        try (ServiceClient client = client(Map.of())) {
            assertThat(answering(client)).hasSize(6);
            assertThat(agent.executed()).isEmpty();
        }
    }

    private static int calls(List<Backend> backends) {
        return backends.stream().mapToInt(backend -> backend.executed().size()).sum();
    }
}
