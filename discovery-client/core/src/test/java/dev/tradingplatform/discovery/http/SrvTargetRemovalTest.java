package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** A task is removed from DNS while its address cannot be looked up. No server listens: only DNS matters here. */
class SrvTargetRemovalTest {

    private static final String REMOVED = "task2." + Fleet.FULL_NAME + ".";

    @Test
    void doesNotAddATargetAgainThatIsRemovedWhileItsAddressLookupFails() throws IOException {
        CloudMap cloudMap = CloudMap.of(CloudMapNamespace.of(Fleet.NAMESPACE).withTtl(Duration.ofSeconds(1)));
        InetAddress here = InetAddress.getLoopbackAddress();
        int kept = closedPort();
        cloudMap.register(Fleet.SERVICE, "task1", here, kept);
        cloudMap.register(Fleet.SERVICE, "task2", here, closedPort());
        try (DnsServer dns = DnsServer.start(cloudMap);
                DiscoveryClient client = client(dns)) {
            assertThatExceptionOfType(DiscoveryException.class)
                    .isThrownBy(() -> Fleet.send(client.httpClient(), new HttpGet(Fleet.URL + "/api")));
            assertThat(present(client)).hasSize(2);

            dns.fault(withoutAddressOfTheRemoved());
            Load.await(() -> dns.queries().count(REMOVED, Type.A) > 0, "the address is not looked up");
            cloudMap.deregister(Fleet.SERVICE, "task2");
            Load.await(() -> present(client).equals(List.of(kept)), "the target is not removed");
            dns.fault(DnsFault.none());
            long before = dns.queries().count(Fleet.FULL_NAME, Type.SRV);
            Load.await(() -> dns.queries().count(Fleet.FULL_NAME, Type.SRV) > before + 1, "DNS is not queried");

            assertThat(present(client)).containsExactly(kept);
        }
    }

    private static DiscoveryClient client(DnsServer dns) {
        return DiscoveryClient.builder()
                .namespace(Fleet.NAMESPACE)
                .nameservers(List.of(dns.nameserver()))
                .loopback(true)
                .defaults(settings -> settings.withDeadline(Duration.ofMillis(300)))
                .build();
    }

    private static DnsFault withoutAddressOfTheRemoved() {
        DnsFault failing = DnsFault.rcode(Rcode.SERVFAIL);
        return exchange -> {
            boolean address =
                    exchange.query().getQuestion().getName().toString().equals(REMOVED);
            return (address ? failing : DnsFault.withoutAdditional()).replies(exchange);
        };
    }

    private static List<Integer> present(DiscoveryClient client) {
        return client.status().get(0).endpoints().stream()
                .filter(status -> status.state() != EndpointState.DRAINING && status.state() != EndpointState.REMOVED)
                .map(status -> status.endpoint().port())
                .toList();
    }

    private static int closedPort() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }
}
