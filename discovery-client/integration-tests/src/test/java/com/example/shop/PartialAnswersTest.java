package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.discovery.test.DnsTransport;
import dev.tradingplatform.discovery.test.DnsZone;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xbill.DNS.Type;

class PartialAnswersTest {

    private static final Duration TTL = Duration.ofSeconds(60);

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(
            CloudMapNamespace.of(RunningShop.NAMESPACE).withTtl(Duration.ofSeconds(1)));

    @Test
    void allEndpointsBecomeKnownAndStayIfEachAnswerListsThreeRandomOnesOfTwelve() {
        List<Backend> backends = IntStream.range(0, 12)
                .mapToObj(number -> CLOUD_MAP.backend("stock-service"))
                .toList();
        String[] all = backends.stream().map(Backend::name).toArray(String[]::new);
        CLOUD_MAP.dns().handler(CLOUD_MAP.cloudMap().withRandomSubset(3, new Random(1)));
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver());
                Traffic traffic = Traffic.every(Duration.ofMillis(40), () -> RunningShop.get(shop.stock()))) {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(shop.activeEndpoints()).containsExactlyInAnyOrder(all));
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(shop.activeEndpoints()).containsExactlyInAnyOrder(all));
            traffic.awaitCalls(100);
            Traffic.assertNoneFailed(traffic.outcomes());
            assertThat(backends)
                    .allSatisfy(backend -> assertThat(backend.received()).isNotEmpty());
            assertThat(backends)
                    .allSatisfy(backend -> assertThat(backend.accepted())
                            .as("connections, with some calls at once")
                            .isLessThan(backend.received().size()));
        }
    }

    @Test
    void anAnswerThatIsCutOffOverUdpIsUsedWholeAndTheNextLookupsTakeMilliseconds() {
        DnsZone zone = DnsZone.of(RunningShop.NAMESPACE);
        List<Backend> backends = Stream.generate(Backend::start).limit(30).toList();
        for (int number = 0; number < 30; number++) {
            String service = number < 28 ? "stock-service" : "small-service-" + number;
            zone.add(
                    service,
                    Type.SRV,
                    TTL,
                    "1 1 " + backends.get(number).address().getPort() + " task-" + number);
            zone.add("task-" + number, Type.A, TTL, "127.0.0.1");
        }
        try (DnsServer dns = DnsServer.start(zone);
                RunningShop shop = RunningShop.start(dns.nameserver())) {
            Traffic.assertNoneFailed(Traffic.atOnce(1_000, 10, number -> RunningShop.get(shop.stock())));

            assertThat(backends.subList(0, 28))
                    .allSatisfy(backend -> assertThat(backend.received()).isNotEmpty());
            assertThat(dns.queries().latest()).anyMatch(query -> query.transport() == DnsTransport.TCP);
            dns.queries().clear();
            List<Traffic.Outcome> small = Traffic.of(
                    2,
                    Duration.ofMillis(10),
                    number -> RunningShop.get(shop.client("http://small-service-" + (28 + number))));
            Traffic.assertNoneFailed(small);
            assertThat(Traffic.slowest(small)).isLessThan(Duration.ofMillis(500));
            assertThat(dns.queries().latest())
                    .filteredOn(query -> query.name().startsWith("small-service"))
                    .isNotEmpty()
                    .allMatch(query -> query.transport() == DnsTransport.UDP);
        } finally {
            backends.forEach(Backend::close);
        }
    }
}
