package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.ManualClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Scenario: everything that RFC 2782 allows, and targets whose addresses cannot be looked up. */
class SrvTargetsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final ManualClock clock = new ManualClock();
    private final ZoneServer zone = new ZoneServer();

    @AfterEach
    void close() {
        zone.close();
    }

    private ZoneServer srv(int priority, int weight, int port, String target) {
        return zone.with("stock", 60, Type.SRV, priority + " " + weight + " " + port + " " + target);
    }

    @Test
    void keepsTheOtherTargetsWhenOneHasNoAddress() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.TXT, "here");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(ZoneServer.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.unresolved()).containsExactly("two.zone.:80");
        assertThat(found.warning()).isEqualTo("SRV target two.zone. has no address");
    }

    @Test
    void areUnavailableAndNotAbsentWhenNoneCanBeLookedUp() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.TXT, "here");
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(ZoneServer.name("one"))));

        assertThat(zone.resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.explanation())
                                .contains("query SRV stock.zone: ", "one.zone.: 127.0.0.1:", "SERVFAIL"));
    }

    @Test
    void areAbsentWhenNoneHasAnAddress() {
        srv(1, 1, 80, "one").with("one", 60, Type.TXT, "here");

        assertThat(zone.resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.nameExists()).isTrue());
    }

    @Test
    void areLookedUpAgainSoonAndThenLessOftenWhileTheLookupOfOneFails() throws InterruptedException {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(ZoneServer.name("two"))));
        CachedResolution cached = cached();

        for (int second = 0; second < 60; second++) {
            assertThat(ZoneServer.endpoints(cached.get(TIMEOUT))).containsExactly("10.0.1.1:80");
            clock.advance(Duration.ofSeconds(1));
        }
        // After 1, 2, 4, 8, 15, 15 … seconds, each a twentieth later at most.
        assertThat(zone.server().queries().count("stock.zone", Type.SRV)).isBetween(6L, 8L);
        assertThat(cached.stale()).isFalse();

        zone.server().fault(DnsFault.none());
        clock.advance(Duration.ofSeconds(16));
        assertThat(ZoneServer.endpoints(cached.get(TIMEOUT))).hasSize(2);
        long queries = zone.server().queries().count();
        clock.advance(Duration.ofSeconds(59));
        cached.get(TIMEOUT);
        assertThat(zone.server().queries().count()).isEqualTo(queries);
    }

    @Test
    void areLookedUpAgainAfterTheTtlWhenOneHasNoAddress() throws InterruptedException {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.TXT, "here");
        CachedResolution cached = cached();

        cached.get(TIMEOUT);
        clock.advance(Duration.ofSeconds(59));
        cached.get(TIMEOUT);

        assertThat(zone.server().queries().count("stock.zone", Type.SRV)).isOne();
    }

    private CachedResolution cached() {
        DnsResolver resolver = zone.resolver(RecordType.SRV, ZoneServer.IPV4);
        return new CachedResolution(
                () -> resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT),
                () -> "stock",
                CachePolicy.DEFAULT,
                clock,
                new Random(1),
                Runnable::run,
                outcome -> {},
                Wait.REAL_TIME);
    }

    @Test
    void keepsTheOtherTargetsWithoutDelayBeyondTheTimeoutsWhenOneIsNeverAnswered() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        zone.server()
                .fault(DnsFault.silence().onlyFor(question -> question.getName().equals(ZoneServer.name("two"))));

        long started = System.nanoTime();
        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(ZoneServer.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.warning()).contains("two.zone.", "no answer within");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void areTwoEndpointsIfOneHostHasTwoPortsAndItsAddressIsQueriedOnce() {
        srv(1, 1, 8080, "one").withLongTimeout();
        srv(1, 1, 8081, "one").with("one", 60, Type.A, "10.0.1.1");

        assertThat(ZoneServer.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.1:8080", "10.0.1.1:8081");
        assertThat(zone.server().queries().count("one.zone", Type.A)).isOne();
    }

    @Test
    void followAPortThatChangesOnTheSameHost() {
        srv(1, 1, 8080, "one").with("one", 60, Type.A, "10.0.1.1");
        assertThat(ZoneServer.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.1:8080");

        zone.without("stock", Type.SRV);
        srv(1, 1, 9090, "one");

        Resolution.Found changed = zone.found(RecordType.SRV);
        assertThat(ZoneServer.endpoints(changed)).containsExactly("10.0.1.1:9090");
        assertThat(changed.complete()).isTrue();
    }

    @Test
    void keepWeightsAndPrioritiesIfAllWeightsAreZero() {
        srv(1, 0, 80, "one");
        srv(2, 0, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");

        assertThat(zone.found(RecordType.SRV).targets())
                .extracting(Target::priority, Target::weight)
                .containsExactlyInAnyOrder(tuple(1, 0), tuple(2, 0));
    }

    @Test
    void areAbsentIfTheTargetIsTheRoot() {
        srv(0, 0, 0, ".").withLongTimeout();

        assertThat(zone.resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("decidedly not available"));
        assertThat(zone.server().queries().count()).isOne();
    }

    @Test
    void removesATargetEvenIfItsAddressLookupFailedJustBefore() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        assertThat(ZoneServer.endpoints(zone.found(RecordType.SRV))).hasSize(2);
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(ZoneServer.name("two"))));
        assertThat(zone.found(RecordType.SRV).unresolved()).containsExactly("two.zone.:80");

        zone.without("stock", Type.SRV);
        srv(1, 1, 80, "one");

        Resolution.Found removed = zone.found(RecordType.SRV);
        assertThat(ZoneServer.endpoints(removed)).containsExactly("10.0.1.1:80");
        assertThat(removed.complete()).isTrue();
    }

    @Test
    void removesATargetAtOnceEvenIfTheLookupOfAnotherFails() {
        srv(1, 1, 80, "one").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        srv(1, 1, 80, "two").with("three", 60, Type.A, "10.0.1.3");
        srv(1, 1, 80, "three");
        Map<String, Target> before = new HashMap<>();
        zone.found(RecordType.SRV)
                .targets()
                .forEach(target -> before.put(target.endpoint().toString(), target));
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(ZoneServer.name("two"))));
        zone.without("stock", Type.SRV);
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(ZoneServer.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.removes(Objects.requireNonNull(before.get("10.0.1.3:80"))))
                .isTrue();
        assertThat(found.removes(Objects.requireNonNull(before.get("10.0.1.2:80"))))
                .as("may still have its address")
                .isFalse();
    }

    @Test
    void areAtMostSixtyFourWhateverTheLengthOfTheAnswer() {
        for (int target = 0; target < 200; target++) {
            srv(1, 1, 80, "t" + target).with("t" + target, 60, Type.A, "10.0.1." + target);
        }

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(found.targets()).hasSize(64);
        assertThat(found.complete()).isFalse();
        assertThat(found.warning()).contains("64 of 200");
    }
}
