package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.ManualTime;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Scenario: DNS was fine and is not any more. Each kind of trouble has its own bound, and each one ends. */
class StaleLimitsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration ABSENT = Duration.ofMinutes(10);
    private static final Duration UNAVAILABLE = Duration.ofMinutes(30);

    private final ManualTime time = new ManualTime();
    private final Zone zone = new Zone().with("stock", 60, Type.A, "10.0.1.101");
    private final DnsResolver resolver = zone.resolver(RecordType.A, new AddressPolicy(false));
    private final CachedResolution cached = new CachedResolution(
            () -> resolver.resolve(Zone.STOCK, Zone.URL_PORT),
            () -> "stock",
            CachePolicy.DEFAULT,
            new Surroundings(time, time, new Random(1), Runnable::run),
            _ -> {});

    @AfterEach
    void close() {
        zone.close();
    }

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of("NODATA", DnsFault.noData(), ABSENT, "NODATA"),
                Arguments.of("NXDOMAIN", DnsFault.rcode(Rcode.NXDOMAIN), ABSENT, "NXDOMAIN"),
                Arguments.of("SERVFAIL", DnsFault.rcode(Rcode.SERVFAIL), UNAVAILABLE, "SERVFAIL"),
                Arguments.of("REFUSED", DnsFault.rcode(Rcode.REFUSED), UNAVAILABLE, "REFUSED"),
                Arguments.of("a timeout", DnsFault.silence(), UNAVAILABLE, "no answer within"),
                Arguments.of("garbage", DnsFault.garbage(), UNAVAILABLE, "no answer within"));
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void keepsTheSetUpToTheLimitOfItsKindAndRecovers(String kind, DnsFault fault, Duration limit, String told)
            throws InterruptedException {
        Resolution good = cached.get(PATIENCE);
        zone.server().fault(fault);

        time.advance(TTL.plusSeconds(3));
        assertThat(cached.get(PATIENCE)).as(kind).isEqualTo(good);
        assertThat(cached.stale()).isTrue();
        assertThat(cached.problem()).contains(told);
        time.advance(limit.minusSeconds(4));
        assertThat(cached.get(PATIENCE)).as("%s just before its limit", kind).isEqualTo(good);
        time.advance(Duration.ofSeconds(20));
        assertThat(cached.get(PATIENCE)).as("%s beyond its limit", kind).isNotInstanceOf(Resolution.Found.class);

        zone.server().fault(DnsFault.none());
        time.advance(Duration.ofSeconds(16));
        assertThat(cached.get(PATIENCE)).as("after %s", kind).isEqualTo(good);
        assertThat(cached.stale()).isFalse();
        assertThat(cached.problem()).isEmpty();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void doesNotBringTargetsBackBecauseDnsFailsAfterItSaidTheyAreGone() throws InterruptedException {
        cached.get(PATIENCE);
        zone.server().fault(DnsFault.rcode(Rcode.NXDOMAIN));
        time.advance(TTL.plusSeconds(3));
        cached.get(PATIENCE);

        zone.server().fault(DnsFault.rcode(Rcode.SERVFAIL));
        time.advance(ABSENT.plusSeconds(1));

        assertThat(cached.get(PATIENCE)).isInstanceOf(Resolution.Unavailable.class);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void keepsTheSetForTenMinutesFromTheFirstAbsenceAfterALongOutage() throws InterruptedException {
        Resolution good = cached.get(PATIENCE);
        zone.server().fault(DnsFault.rcode(Rcode.SERVFAIL));
        time.advance(TTL.plusMinutes(15));
        cached.get(PATIENCE);
        zone.server().fault(DnsFault.rcode(Rcode.NXDOMAIN));
        time.advance(Duration.ofMinutes(1));

        assertThat(cached.get(PATIENCE)).isEqualTo(good);
        time.advance(ABSENT.plusSeconds(1));
        assertThat(cached.get(PATIENCE)).isInstanceOf(Resolution.Absent.class);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void asksFirstAfterNobodyHasAskedForLongAndUsesTheOldOnesOnlyIfDnsFails() throws InterruptedException {
        Resolution good = cached.get(PATIENCE);
        time.advance(TTL.plus(ABSENT).plusSeconds(1));
        zone.without("stock", Type.A).with("stock", 60, Type.A, "10.0.1.102");
        assertThat(Zone.endpoints(cached.get(PATIENCE))).containsExactly("10.0.1.102:80");

        zone.server().fault(DnsFault.rcode(Rcode.SERVFAIL));
        time.advance(TTL.plus(ABSENT).plusSeconds(1));
        assertThat(Zone.endpoints(cached.get(PATIENCE)))
                .containsExactly("10.0.1.102:80")
                .isNotEqualTo(Zone.endpoints(good));
    }
}
