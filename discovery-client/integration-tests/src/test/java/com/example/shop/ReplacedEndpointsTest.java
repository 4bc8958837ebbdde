package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReplacedEndpointsTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    @Test
    void callsSucceedAgainWithinFiveSecondsAfterAllEndpointsWereReplacedAlthoughTheTtlIsSixty() {
        Backend first = CLOUD_MAP.backend("stock-service");
        Backend second = CLOUD_MAP.backend("stock-service");
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver(), "discovery.deadline=3s");
                Traffic traffic = Traffic.every(Duration.ofMillis(100), () -> RunningShop.get(shop.stock()))) {
            traffic.awaitCalls(30);
            Traffic.assertNoneFailed(traffic.outcomes());

            CLOUD_MAP.dns().queries().clear();
            long replaced = System.nanoTime();
            for (Backend old : List.of(first, second)) {
                CLOUD_MAP.deregister(old);
                old.refuse();
            }
            CLOUD_MAP.backend("stock-service");
            CLOUD_MAP.backend("stock-service");

            traffic.awaitCalls(100);
            long queries = CLOUD_MAP.dns().queries().count();
            long seconds = Duration.ofNanos(System.nanoTime() - replaced).toSeconds();
            assertThat(traffic.outcomes())
                    .filteredOn(outcome ->
                            outcome.begin() - replaced > Duration.ofSeconds(5).toNanos())
                    .isNotEmpty();
            Traffic.assertNoneFailed(traffic.outcomes().stream()
                    .filter(outcome ->
                            outcome.begin() - replaced > Duration.ofSeconds(5).toNanos())
                    .toList());
            assertThat(queries).as("queries in %d s", seconds).isLessThanOrEqualTo(seconds + 2);
        }
    }

    @Test
    void anEndpointThatDnsReplacedGetsNothingAfterSixAndAHalfSeconds() {
        CloudMapNamespace namespace =
                CloudMapNamespace.of(RunningShop.NAMESPACE).withTtl(Duration.ofSeconds(2));
        CloudMap cloudMap = CloudMap.of(namespace);
        CLOUD_MAP.dns().handler(cloudMap);
        try (Backend old = Backend.start();
                Backend next = Backend.start();
                RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            register(cloudMap, old);
            try (Traffic traffic = Traffic.every(Duration.ofMillis(50), () -> RunningShop.get(shop.stock()))) {
                traffic.awaitCalls(20);
                assertThat(old.received()).isNotEmpty();

                register(cloudMap, next);

                await().atMost(Duration.ofMillis(6_500))
                        .untilAsserted(() -> assertThat(old.connections()).isZero());
                int before = old.received().size();
                traffic.awaitCalls(40);
                assertThat(old.received()).hasSize(before);
                assertThat(next.received()).isNotEmpty();
                Traffic.assertNoneFailed(traffic.outcomes());
            }
        }
    }

    /** Gives the only instance of the service another address. */
    private static void register(CloudMap cloudMap, Backend backend) {
        cloudMap.register(
                "stock-service",
                "task",
                backend.address().getAddress(),
                backend.address().getPort());
    }
}
