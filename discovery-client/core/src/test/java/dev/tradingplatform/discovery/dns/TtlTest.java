package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsReply;
import dev.tradingplatform.discovery.test.ManualTime;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Type;

/** Scenario: every ttl a server may send, and clocks that move. */
class TtlTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MARK = 0x11223344;

    private final ManualTime time = new ManualTime();
    private final AtomicReference<Instant> wallClock = new AtomicReference<>(Instant.EPOCH);
    private final Zone zone = new Zone().patient();
    private final DnsResolver resolver = zone.resolver(RecordType.A, new AddressPolicy(false));
    private final CachedResolution cached = new CachedResolution(
            () -> resolver.resolve(Zone.STOCK, Zone.URL_PORT),
            () -> "stock",
            CachePolicy.DEFAULT,
            new Surroundings(time, wallClock::get, new Random(1), Runnable::run),
            _ -> {});

    @AfterEach
    void close() {
        zone.close();
    }

    private long lookups() {
        return zone.server().queries().count();
    }

    private void get() throws InterruptedException {
        assertThat(cached.get(PATIENCE)).isInstanceOf(Resolution.Found.class);
    }

    @Test
    void countsATtlOfZeroAsOneSecond() throws InterruptedException {
        zone.with("stock", 0, Type.A, "10.0.1.101");
        get();
        time.advance(Duration.ofMillis(999));
        get();
        assertThat(lookups()).isOne();

        time.advance(Duration.ofMillis(60));
        get();
        assertThat(lookups()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1})
    void countsATtlWithTheTopBitSetAsZero(int ttl) throws InterruptedException {
        zone.with("stock", MARK, Type.A, "10.0.1.101").server().fault(sendingTtl(ttl));

        get();

        assertThat(cached.ttlLeft()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void countsTheLongestTtlThereIsAsAMinuteAndSaysSo() throws InterruptedException {
        zone.with("stock", Integer.MAX_VALUE, Type.A, "10.0.1.101");

        get();

        assertThat(cached.ttlLeft()).isEqualTo(Duration.ofSeconds(60));
        assertThat(cached.problem()).contains("ttl of 2147483647 s");
    }

    @Test
    void followsATtlThatCountsDownAsAResolversCacheDoes() throws InterruptedException {
        for (int ttl : List.of(40, 25, 10, 60)) {
            zone.without("stock", Type.A).with("stock", ttl, Type.A, "10.0.1.101");
            get();
            assertThat(cached.ttlLeft()).isEqualTo(Duration.ofSeconds(ttl));
            time.advance(Duration.ofMillis(ttl * 1_050L));
        }
        assertThat(lookups()).isEqualTo(4);
    }

    @Test
    void takesTheShortestTtlWithinASet() throws InterruptedException {
        zone.with("stock", 60, Type.A, "10.0.1.101").with("stock", 7, Type.A, "10.0.1.102");

        get();

        assertThat(cached.ttlLeft()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void takesTheTtlOfAShortAliasBeforeLongAddresses() throws InterruptedException {
        zone.with("stock", 3, Type.CNAME, "other").with("other", 60, Type.A, "10.0.1.101");

        get();

        assertThat(cached.ttlLeft()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void takesTheTtlOfAnSrvTargetsShortAddress() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .with("one", 50, Type.CNAME, "alias")
                .with("alias", 60, Type.A, "10.0.1.101");

        assertThat(zone.found(RecordType.SRV).ttl()).isEqualTo(Duration.ofSeconds(50));
    }

    @ParameterizedTest
    @ValueSource(longs = {-86_400, 86_400, 3_000_000_000L})
    void takesNoNoticeOfAWallClockThatJumps(long seconds) throws InterruptedException {
        zone.with("stock", 60, Type.A, "10.0.1.101");
        get();
        wallClock.updateAndGet(now -> now.plusSeconds(seconds));
        get();
        assertThat(lookups()).isOne();
        assertThat(cached.ttlLeft()).isEqualTo(Duration.ofSeconds(60));

        time.advance(Duration.ofSeconds(63));
        get();
        assertThat(lookups()).isEqualTo(2);
    }

    /** Sends a ttl that cannot be written into a record, where the marked one is. */
    private static DnsFault sendingTtl(int ttl) {
        return exchange -> {
            ByteBuffer wire = ByteBuffer.wrap(exchange.encode(exchange.truth()));
            for (int at = 0; at <= wire.limit() - Integer.BYTES; at++) {
                if (wire.getInt(at) == MARK) {
                    wire.putInt(at, ttl);
                }
            }
            return List.of(DnsReply.of(wire.array()));
        };
    }
}
