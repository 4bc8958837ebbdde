package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ForgottenNamesTest {

    private static final int NAMES = 3_000;

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(
            CloudMapNamespace.of(RunningShop.NAMESPACE).withTtl(Duration.ofSeconds(5)));

    @Test
    void namesThatAreNoLongerCalledCauseNoQueriesAndTakeNoMemory() throws Exception {
        Backend backend = Backend.start();
        for (int name = 0; name < NAMES; name++) {
            CLOUD_MAP.register("service-" + name, backend);
        }
        long objectsBefore = objectsOfTheLibrary();
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            List<Traffic.Outcome> outcomes =
                    Traffic.atOnce(NAMES, 20, number -> RunningShop.get(shop.client("http://service-" + number)));

            Traffic.assertNoneFailed(outcomes);
            assertThat(shop.status()).hasSizeGreaterThan(NAMES / 2);
            await().atMost(Duration.ofSeconds(45)).until(() -> shop.status().isEmpty());
            long queries = CLOUD_MAP.dns().queries().count();
            await().during(Duration.ofSeconds(5))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> CLOUD_MAP.dns().queries().count() - queries < 5);
            assertThat(objectsOfTheLibrary() - objectsBefore).isLessThan(NAMES / 10);
            await().untilAsserted(() -> assertThat(backend.connections()).isZero());
        }
    }

    /** Returns the number of objects of discovery-client and its connection pools that are still reachable. */
    private static long objectsOfTheLibrary() throws Exception {
        Object histogram = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        return histogram
                .toString()
                .lines()
                .map(String::strip)
                .filter(line -> line.matches(".* dev\\.tradingplatform\\.discovery\\.(http|dns|balancer)\\.\\S+.*")
                        || line.contains("PoolingHttpClientConnectionManager"))
                .mapToLong(line -> Long.parseLong(line.split("\\s+")[1]))
                .max()
                .orElse(0);
    }
}
