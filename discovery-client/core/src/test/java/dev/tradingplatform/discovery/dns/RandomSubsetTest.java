package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.DnsServer;
import dev.tradingplatform.discovery.test.DnsZone;
import dev.tradingplatform.discovery.test.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xbill.DNS.Type;

/** Scenario: the DNS server answers 3 random instances of 12 each time, as Consul does over UDP, with a TTL of 1 s. */
class RandomSubsetTest {

    private static final int INSTANCES = 12;
    private static final Duration TTL = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();

    @ParameterizedTest
    @EnumSource(RecordType.class)
    void findsAllInstancesWithinTwentySecondsAndKeepsThem(RecordType recordType) throws InterruptedException {
        DnsZone zone = DnsZone.of("zone");
        for (int instance = 1; instance <= INSTANCES; instance++) {
            zone.add("stock", Type.A, TTL, "10.0.1." + instance)
                    .add("stock", Type.SRV, TTL, "1 1 80 task-" + instance)
                    .add("task-" + instance, Type.A, TTL, "10.0.1." + instance);
        }
        try (DnsServer server = DnsServer.start(zone.withRandomSubset(3, new Random(1)))) {
            DnsResolver resolver = new DnsResolver(
                    Nameservers.of(List.of(server.address())),
                    recordType,
                    ZoneServer.IPV4,
                    CloudMap.MAX_RECORDS,
                    ZoneServer.LONG_TIMEOUT,
                    System::nanoTime);
            Set<String> pool = new TreeSet<>();
            CachedResolution cached = new CachedResolution(
                    () -> resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT),
                    () -> "stock",
                    CachePolicy.DEFAULT,
                    clock,
                    new Random(1),
                    Runnable::run,
                    outcome -> {
                        if (((Resolution.Found) outcome).complete()) {
                            pool.clear();
                        }
                        pool.addAll(ZoneServer.endpoints(outcome));
                    },
                    Wait.REAL_TIME);

            for (int call = 0; call < 20 * 25; call++) {
                cached.get(TIMEOUT);
                clock.advance(Duration.ofMillis(40));
            }
            assertThat(pool).hasSize(INSTANCES);

            for (int call = 0; call < 60 * 25; call++) {
                cached.get(TIMEOUT);
                assertThat(pool).hasSize(INSTANCES);
                clock.advance(Duration.ofMillis(40));
            }
            assertThat(cached.warning()).contains("at most 3 of 12 endpoints, different ones in turn");
        }
    }
}
