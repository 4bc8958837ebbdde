package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client on ECS with the metadata of its task: two zones, which their subnets tell apart. */
class OwnZoneTest {

    private final Fleet fleet = Fleet.of(0);
    private final List<Backend> own = new ArrayList<>();
    private final List<Backend> others = new ArrayList<>();
    private final Backend agent = Backend.start();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        agent.behave(BackendBehaviour.answering(
                200, "{\"Containers\":[{\"Networks\":[{\"IPv4SubnetCIDRBlock\":\"127.0.1.0/24\"}]}]}"));
        for (int task = 1; task <= 2; task++) {
            own.add(fleet.add(Backend.start(InetAddress.getByName("127.0.1." + task), 0)));
        }
        for (int task = 1; task <= 4; task++) {
            others.add(fleet.add(Backend.start(InetAddress.getByName("127.0.2." + task), 0)));
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        fleet.close();
        agent.close();
    }

    private CloseableHttpClient client(Map<String, String> environment) {
        DiscoveryRuntime runtime = fleet.runtime(environment, UnaryOperator.identity());
        CloseableHttpClient client = Fleet.httpClient(runtime);
        opened.add(client);
        opened.add(runtime::close);
        return client;
    }

    private Map<String, String> onEcs() {
        return Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://" + agent.name() + "/v4/task-id");
    }

    private static Set<String> responses(CloseableHttpClient client) {
        return Load.unchecked(() -> {
            Set<String> responses = new HashSet<>();
            for (int call = 0; call < 100; call++) {
                responses.add(Fleet.send(client, new HttpGet(Fleet.URL + "/")).body());
            }
            return responses;
        });
    }

    private Set<String> ownNames() {
        return own.stream().map(Backend::name).collect(Collectors.toSet());
    }

    @Test
    void callsStayInTheOwnZoneAndLeaveItIfItsEndpointsFail() {
        CloseableHttpClient client = client(onEcs());
        Load.await(() -> responses(client).equals(ownNames()), "calls leave the zone");
        assertThat(agent.executed())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/v4/task-id/task"));
        int before = calls(others);
        assertThat(responses(client)).isEqualTo(ownNames());
        assertThat(calls(others)).isEqualTo(before);

        own.forEach(Backend::refuse);
        assertThat(responses(client)).hasSize(4).doesNotContainAnyElementsOf(ownNames());
    }

    @Test
    void callsGoToAllZonesIfThereAreFewerThanSixEndpoints() {
        fleet.deregister(others.get(3));
        CloseableHttpClient client = client(onEcs());
        Load.await(() -> agent.executed().size() == 1, "the metadata of the task is not read");

        assertThat(responses(client)).hasSize(5);
    }

    @Test
    void callsGoToAllZonesOutsideEcsAndNoMetadataIsRead() {
        assertThat(responses(client(Map.of()))).hasSize(6);

        assertThat(agent.executed()).isEmpty();
    }

    private static int calls(List<Backend> backends) {
        return backends.stream().mapToInt(backend -> backend.executed().size()).sum();
    }
}
