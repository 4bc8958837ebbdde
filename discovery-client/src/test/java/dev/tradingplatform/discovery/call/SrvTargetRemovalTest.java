package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsFault;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/**
 * Scenario: a task leaves while DNS cannot even say where it was. Nothing listens: only what DNS names is looked at.
 */
class SrvTargetRemovalTest {

    private static final String SERVICE = "stock-service.trading-platform.local";
    private static final String REMOVED = "task2." + SERVICE + ".";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void doesNotBringATargetBackThatIsRemovedWhileItsAddressLookupFails() throws IOException {
        CloudMap cloudMap = new CloudMap(
                CloudMapNamespace.of("trading-platform.local").withTtl(Duration.ofSeconds(1)), new Random(1));
        InetAddress here = InetAddress.getLoopbackAddress();
        int kept = closedPort();
        cloudMap.register("stock-service", "task1", here, kept);
        cloudMap.register("stock-service", "task2", here, closedPort());
        try (DnsServer dns = DnsServer.start(here, 0, cloudMap::answer);
                ServiceClient client = client(dns)) {
            assertThatThrownBy(() -> client.send(ServiceRequest.get("http://stock-service/api")))
                    .isInstanceOf(ServiceCallException.class);
            assertThat(present(client)).hasSize(2);

            dns.fault(withoutAddressOfTheRemoved());
            until(() -> dns.queries().count(REMOVED, Type.A) > 0);
            cloudMap.deregister("stock-service", "task2");
            until(() -> present(client).equals(List.of(kept)));
            dns.fault(DnsFault.none());
            long asked = dns.queries().count(SERVICE, Type.SRV);
            until(() -> dns.queries().count(SERVICE, Type.SRV) > asked + 1);

            assertThat(present(client)).containsExactly(kept);
        }
    }

    private static ServiceClient client(DnsServer dns) {
        return ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
                .withNameservers("127.0.0.1:" + dns.address().getPort())
                .withLoopback()
                .withCalls(CallPolicy.withDeadline(Duration.ofSeconds(10))));
    }

    private static DnsFault withoutAddressOfTheRemoved() {
        DnsFault noGlue = DnsFault.answering(SrvTargetRemovalTest::withoutAdditional);
        DnsFault failing = DnsFault.rcode(Rcode.SERVFAIL);
        return exchange -> {
            boolean address =
                    exchange.query().getQuestion().getName().toString().equals(REMOVED);
            return (address ? failing : noGlue).replies(exchange);
        };
    }

    private static Message withoutAdditional(Message message) {
        message.removeAllRecords(Section.ADDITIONAL);
        return message;
    }

    private static List<Integer> present(ServiceClient client) {
        return client.status().getFirst().endpoints().stream()
                .filter(status -> status.state() != EndpointState.DRAINING && status.state() != EndpointState.GONE)
                .map(status -> status.endpoint().port())
                .toList();
    }

    private static void until(BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PATIENCE);
            Load.pause(Duration.ofMillis(20));
        }
    }

    private static int closedPort() throws IOException {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return taken.getLocalPort();
        }
    }
}
