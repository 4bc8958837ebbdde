package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceStatus;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An address that belongs to two services, because it was given to another task, or is called in two ways. */
class SharedEndpointTest {

    private final CloudMap cloudMap =
            CloudMap.of(CloudMapNamespace.of(Fleet.NAMESPACE).withTtl(Duration.ofSeconds(1)));
    private final DnsServer dns = DnsServer.start(cloudMap);
    private final Backend shared = Backend.start();
    private final Backend other = Backend.start();
    private final DiscoveryClient client = builder().build();

    private DiscoveryClient.Builder builder() {
        return DiscoveryClient.builder()
                .namespace(Fleet.NAMESPACE)
                .nameservers(List.of(dns.nameserver()))
                .loopback(true);
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
                backend.address().getAddress(),
                backend.address().getPort());
    }

    private String get(String url) {
        return Load.unchecked(
                () -> Fleet.send(client.httpClient(), new HttpGet(url)).body());
    }

    private String post(String url) {
        return Load.unchecked(
                () -> Fleet.send(client.httpClient(), new HttpPost(url)).body());
    }

    private boolean removed(String service) {
        return client.status().stream()
                .filter(status -> status.service().startsWith(service))
                .flatMap(status -> status.endpoints().stream())
                .anyMatch(endpoint -> endpoint.state() == EndpointState.REMOVED);
    }

    @Test
    void doesNotDisturbTheCallsOfAServiceThatWasGivenTheAddressOfAnotherOne() {
        register("before", shared);
        register("before", other);
        register("after", shared);
        get("http://before/");
        cloudMap.deregister("before", "shared");
        shared.behave(BackendBehaviour.answering(200, "done").after(Duration.ofMillis(300)));

        Load.await(
                () -> {
                    assertThat(post("http://after/")).isEqualTo("done");
                    get("http://before/");
                    return removed("before");
                },
                "the endpoint is not removed");

        assertThat(post("http://after/")).isEqualTo("done");
    }

    @Test
    void isOneServiceWhateverPortIsInTheUrlIfTheRecordsNameThePort() {
        register("stock", shared);

        get("http://stock/");
        get("http://stock:8080/");
        get("http://STOCK.trading-platform.local./");
        assertThat(client.endpoints("stock.trading-platform.local")).hasSize(1);

        assertThat(client.status()).hasSize(1);
    }

    @Test
    void isOneServiceForEachPortIfTheRecordsAreAddresses() {
        register("stock", shared);
        try (DiscoveryClient addresses = builder()
                .defaults(settings -> settings.withRecordType(RecordType.A))
                .build()) {
            for (Backend backend : List.of(shared, other)) {
                String url = "http://stock:" + backend.address().getPort() + "/";
                assertThat(Load.unchecked(() -> Fleet.send(addresses.httpClient(), new HttpGet(url))
                                .body()))
                        .isEqualTo(backend.name());
            }

            assertThat(addresses.status())
                    .extracting(ServiceStatus::service)
                    .containsExactly("stock.trading-platform.local", "stock.trading-platform.local");
        }
    }

    @Test
    void letsABodyEndThatIsReadSlowlyAfterItsEndpointWasRemoved() throws IOException {
        int length = 40_000_000;
        register("stock", shared);
        shared.behave(BackendBehaviour.answeringBytes(length));

        long read = client.httpClient().execute(new HttpGet("http://stock/"), response -> {
            register("stock", other);
            cloudMap.deregister("stock", "shared");
            shared.behave(BackendBehaviour.answering(200, shared.name()));
            Load.await(
                    () -> {
                        get("http://stock/");
                        return removed("stock");
                    },
                    "the endpoint is not removed");
            Load.await(() -> shared.connections() == 1, "the connections of the other calls are still open");

            return (long) response.getEntity().getContent().readAllBytes().length;
        });

        assertThat(read).isEqualTo(length);
        Load.await(() -> shared.connections() == 0, "the connection is still open");
    }
}
