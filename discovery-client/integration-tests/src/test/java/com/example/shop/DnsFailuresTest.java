package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.client.RestClient;
import org.xbill.DNS.Rcode;

class DnsFailuresTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(
            CloudMapNamespace.of(RunningShop.NAMESPACE).withTtl(Duration.ofSeconds(1)));

    @BeforeEach
    void registerTwoEndpoints() {
        CLOUD_MAP.backend("stock-service");
        CLOUD_MAP.backend("stock-service");
    }

    @Test
    void noCallFailsOrTakesASecondIfDnsFallsSilentAfterItsFirstAnswer() {
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            RestClient stock = shop.stock();
            RunningShop.get(stock);
            CLOUD_MAP.dns().fault(DnsFault.silence());

            List<Traffic.Outcome> outcomes =
                    Traffic.of(300, Duration.ofSeconds(10).dividedBy(300), number -> RunningShop.get(stock));

            Traffic.assertNoneFailed(outcomes);
            assertThat(Traffic.slowest(outcomes)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void noCallFailsWhileDnsAnswersNxdomainThenServfailThenWithoutRecords() {
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver());
                Traffic traffic = Traffic.every(Duration.ofMillis(50), () -> RunningShop.get(shop.stock()))) {
            traffic.awaitCalls(20);
            for (DnsFault fault :
                    List.of(DnsFault.rcode(Rcode.NXDOMAIN), DnsFault.rcode(Rcode.SERVFAIL), DnsFault.noData())) {
                CLOUD_MAP.dns().fault(fault);
                CLOUD_MAP.dns().queries().clear();
                traffic.awaitCalls(60); // 3 s
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> CLOUD_MAP.dns().queries().count() > 0);
            }
            Traffic.assertNoneFailed(traffic.outcomes());
        }
    }

    @Test
    void callsOfUnknownNamesEndAtTheirDeadlineAndLeaveNoSocketsWhileDnsIsSilent() {
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver(), "discovery.deadline=2s")) {
            RunningShop.get(shop.stock());
            CLOUD_MAP.dns().fault(DnsFault.silence());
            long before = openSockets();

            List<Traffic.Outcome> outcomes =
                    Traffic.atOnce(300, 300, number -> RunningShop.get(shop.client("http://unknown-" + number)));

            assertThat(outcomes)
                    .hasSize(300)
                    .allMatch(outcome -> outcome.failure().isPresent());
            assertThat(Traffic.slowest(outcomes)).isBetween(Duration.ofMillis(1_000), Duration.ofSeconds(4));
            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(openSockets()).isLessThanOrEqualTo(before));
        }
    }

    /** Returns the number of sockets of this process. Works on Linux. */
    private static long openSockets() {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors.filter(DnsFailuresTest::isSocket).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }
}
