package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Scenario: an address belongs to two services, because it was recycled or because one is called in two ways. */
class SharedEndpointTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    private final CloudMap cloudMap =
            new CloudMap(CloudMapNamespace.of("trading-platform.local").withTtl(Duration.ofSeconds(1)), new Random(1));
    private final DnsServer dns = start();
    private final Backend shared = Backend.start(HERE, 0);
    private final Backend other = Backend.start(HERE, 0);
    private final ServiceClient client = ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
            .withNameservers("127.0.0.1:" + dns.address().getPort())
            .withLoopback()
            .withCalls(CallPolicy.withDeadline(Duration.ofSeconds(10))));

    private DnsServer start() {
        try {
            return DnsServer.start(HERE, 0, cloudMap::answer);
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    @AfterEach
    void stop() {
        client.close();
        shared.close();
        other.close();
        dns.close();
    }

    private void register(String service, Backend backend) {
        cloudMap.register(
                service,
                backend == shared ? "shared" : "other",
                HERE,
                backend.address().getPort());
    }

    private void call(String url) {
        try (ServiceResponse response = client.send(ServiceRequest.get(url))) {
            assertThat(response.status()).isEqualTo(200);
        }
    }

    private boolean gone(String service) {
        return client.status().stream()
                .filter(status -> status.service().value().startsWith(service))
                .flatMap(status -> status.endpoints().stream())
                .anyMatch(endpoint -> endpoint.state() == EndpointState.GONE);
    }

    @Test
    void leavesTheCallsOfAServiceAloneThatGotTheAddressOfAnother() {
        register("before", shared);
        register("before", other);
        register("after", shared);
        call("http://before/");
        cloudMap.deregister("before", "shared");
        Load.await(
                () -> {
                    call("http://before/");
                    return gone("before");
                },
                "it does not leave");

        shared.behave(BackendBehaviour.answering(200, "done").after(Duration.ofMillis(300)));
        for (int call = 0; call < 3; call++) {
            ServiceRequest post = ServiceRequest.of("POST", URI.create("http://after/"), Map.of(), new byte[0]);
            try (ServiceResponse response = client.send(post)) {
                assertThat(response.text()).isEqualTo("done");
            }
        }
    }

    @Test
    void isOneServiceHoweverItIsCalledWhereTheRecordsNameThePort() {
        register("stock", shared);

        call("http://stock/");
        call("http://stock:8080/");
        assertThat(client.endpoints("stock.trading-platform.local")).hasSize(1);

        assertThat(client.status()).hasSize(1);
    }

    @Test
    void letsAnAnswerThatIsReadAtLeisureEndAfterItsEndpointHasLeft() {
        String large = "x".repeat(40_000_000);
        register("stock", shared);
        shared.behave(BackendBehaviour.answering(200, large));
        try (ServiceResponse response = client.send(ServiceRequest.get("http://stock/"))) {
            register("stock", other);
            cloudMap.deregister("stock", "shared");
            Load.await(
                    () -> {
                        other.behave(BackendBehaviour.answering(200, "small"));
                        call("http://stock/");
                        return gone("stock");
                    },
                    "it does not leave");
            Load.await(() -> shared.connections() == 1, "the connections of the other calls do not end");

            assertThat(response.text()).hasSameSizeAs(large);
        }
        Load.await(() -> shared.connections() == 0, "its connection is kept");
    }
}
