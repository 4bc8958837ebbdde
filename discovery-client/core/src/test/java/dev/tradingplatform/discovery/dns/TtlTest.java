package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsReply;
import dev.tradingplatform.discovery.test.ManualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Scenario: every TTL that a server may send. */
class TtlTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MARK = 0x11223344;

    private final ManualClock clock = new ManualClock();
    private final ZoneServer zone = new ZoneServer().withLongTimeout();
    private final DnsResolver resolver = zone.resolver(RecordType.A, ZoneServer.IPV4);
    private final CachedResolution cached = new CachedResolution(
            () -> resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT),
            () -> "stock",
            CachePolicy.DEFAULT,
            clock,
            new Random(1),
            Runnable::run,
            outcome -> {},
            Wait.REAL_TIME);

    @AfterEach
    void close() {
        zone.close();
    }

    private long lookups() {
        return zone.server().queries().count();
    }

    private void get() throws InterruptedException {
        assertThat(cached.get(TIMEOUT)).isInstanceOf(Resolution.Found.class);
    }

    @Test
    void countsATtlOfZeroAsOneSecond() throws InterruptedException {
        zone.with("stock", 0, Type.A, "10.0.1.101");
        get();
        clock.advance(Duration.ofMillis(999));
        get();
        assertThat(lookups()).isOne();

        clock.advance(Duration.ofMillis(60));
        get();
        assertThat(lookups()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1})
    void countsATtlWithTheTopBitSetAsZero(int ttl) throws InterruptedException {
        zone.with("stock", MARK, Type.A, "10.0.1.101").server().fault(sendingTtl(ttl));

        get();

        assertThat(cached.remainingTtl()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsTheLongestPossibleTtlAsAMinuteWithAWarning() throws InterruptedException {
        zone.with("stock", Integer.MAX_VALUE, Type.A, "10.0.1.101");

        get();

        assertThat(cached.remainingTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(cached.warning()).contains("TTL of 2147483647 s");
    }

    @Test
    void followsATtlThatCountsDownAsInTheCacheOfAResolver() throws InterruptedException {
        for (int ttl : List.of(40, 25, 10, 60)) {
            zone.without("stock", Type.A).with("stock", ttl, Type.A, "10.0.1.101");
            get();
            assertThat(cached.remainingTtl()).isEqualTo(Duration.ofSeconds(ttl));
            clock.advance(Duration.ofMillis(ttl * 1_050L));
        }
        assertThat(lookups()).isEqualTo(4);
    }

    @Test
    void takesTheShortestTtlOfTheRecords() throws InterruptedException {
        zone.with("stock", 60, Type.A, "10.0.1.101").with("stock", 7, Type.A, "10.0.1.102");

        get();

        assertThat(cached.remainingTtl()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void takesTheTtlOfAnAliasIfItIsShorterThanThatOfTheAddress() throws InterruptedException {
        zone.with("stock", 3, Type.CNAME, "other").with("other", 60, Type.A, "10.0.1.101");

        get();

        assertThat(cached.remainingTtl()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void takesTheTtlOfTheAddressOfAnSrvTargetIfItIsShorter() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .with("one", 50, Type.CNAME, "alias")
                .with("alias", 60, Type.A, "10.0.1.101");

        assertThat(zone.found(RecordType.SRV).ttl()).isEqualTo(Duration.ofSeconds(50));
    }

    /** Replaces the marked TTL by one that dnsjava does not write. */
    private static DnsFault sendingTtl(int ttl) {
        return exchange -> {
            ByteBuffer wire = ByteBuffer.wrap(exchange.encode(exchange.correctAnswer()));
            for (int at = 0; at <= wire.limit() - Integer.BYTES; at++) {
                if (wire.getInt(at) == MARK) {
                    wire.putInt(at, ttl);
                }
            }
            return List.of(DnsReply.of(wire.array()));
        };
    }
}
