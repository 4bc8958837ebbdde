package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.ManualClock;
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

/** Scenario: DNS worked and then fails. Each kind of failure has a limit for stale answers, and each one ends. */
class StaleLimitsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration ABSENT = Duration.ofMinutes(10);
    private static final Duration UNAVAILABLE = Duration.ofMinutes(30);

    private final ManualClock clock = new ManualClock();
    private final ZoneServer zone = new ZoneServer().with("stock", 60, Type.A, "10.0.1.101");
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

    static Stream<Arguments> failures() {
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
    @MethodSource("failures")
    void keepsTheTargetsUpToTheLimitOfTheFailureAndRecovers(String kind, DnsFault fault, Duration limit, String warning)
            throws InterruptedException {
        Resolution good = cached.get(TIMEOUT);
        zone.server().fault(fault);

        clock.advance(TTL.plusSeconds(3));
        assertThat(cached.get(TIMEOUT)).as(kind).isEqualTo(good);
        assertThat(cached.stale()).isTrue();
        assertThat(cached.warning()).contains(warning);
        clock.advance(limit.minusSeconds(4));
        assertThat(cached.get(TIMEOUT)).as("%s just before its limit", kind).isEqualTo(good);
        clock.advance(Duration.ofSeconds(20));
        assertThat(cached.get(TIMEOUT)).as("%s beyond its limit", kind).isNotInstanceOf(Resolution.Found.class);

        zone.server().fault(DnsFault.none());
        clock.advance(Duration.ofSeconds(16));
        assertThat(cached.get(TIMEOUT)).as("after %s", kind).isEqualTo(good);
        assertThat(cached.stale()).isFalse();
        assertThat(cached.warning()).isEmpty();
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void doesNotExtendTheLimitWhenDnsFailsAfterItAnsweredThatThereAreNoTargets() throws InterruptedException {
        cached.get(TIMEOUT);
        zone.server().fault(DnsFault.rcode(Rcode.NXDOMAIN));
        clock.advance(TTL.plusSeconds(3));
        cached.get(TIMEOUT);

        zone.server().fault(DnsFault.rcode(Rcode.SERVFAIL));
        clock.advance(ABSENT.plusSeconds(1));

        assertThat(cached.get(TIMEOUT)).isInstanceOf(Resolution.Unavailable.class);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void keepsTheTargetsForTenMinutesFromTheFirstAbsentAnswerAfterALongOutage() throws InterruptedException {
        Resolution good = cached.get(TIMEOUT);
        zone.server().fault(DnsFault.rcode(Rcode.SERVFAIL));
        clock.advance(TTL.plusMinutes(15));
        cached.get(TIMEOUT);
        zone.server().fault(DnsFault.rcode(Rcode.NXDOMAIN));
        clock.advance(Duration.ofMinutes(1));

        assertThat(cached.get(TIMEOUT)).isEqualTo(good);
        clock.advance(ABSENT.plusSeconds(1));
        assertThat(cached.get(TIMEOUT)).isInstanceOf(Resolution.Absent.class);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void looksUpFirstAfterALongTimeWithoutLookupsAndUsesStaleTargetsOnlyIfDnsFails() throws InterruptedException {
        Resolution good = cached.get(TIMEOUT);
        clock.advance(TTL.plus(ABSENT).plusSeconds(1));
        zone.without("stock", Type.A).with("stock", 60, Type.A, "10.0.1.102");
        assertThat(ZoneServer.endpoints(cached.get(TIMEOUT))).containsExactly("10.0.1.102:80");

        zone.server().fault(DnsFault.rcode(Rcode.SERVFAIL));
        clock.advance(TTL.plus(ABSENT).plusSeconds(1));
        assertThat(ZoneServer.endpoints(cached.get(TIMEOUT)))
                .containsExactly("10.0.1.102:80")
                .isNotEqualTo(ZoneServer.endpoints(good));
    }
}
