package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.ManualTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** Scenario: everything RFC 2782 allows, and targets whose addresses are not to be had. */
class SrvTargetsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ManualTime time = new ManualTime();
    private final Zone zone = new Zone();

    @AfterEach
    void close() {
        zone.close();
    }

    private Zone srv(int priority, int weight, int port, String target) {
        return zone.with("stock", 60, Type.SRV, priority + " " + weight + " " + port + " " + target);
    }

    @Test
    void keepsTheOthersWhenOneTargetHasNoAddress() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.TXT, "here");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(Zone.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.unresolved()).containsExactly("two.zone.:80");
        assertThat(found.remark()).isEqualTo("SRV target two.zone.: left out, it has no address");
    }

    @Test
    void isNoProofOfAbsenceWhenNoTargetCanBeLookedUp() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.TXT, "here");
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(Zone.name("one"))));

        assertThat(zone.resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        unavailable -> assertThat(unavailable.explanation())
                                .contains("asked for SRV stock.zone", "one.zone.", "SERVFAIL"));
    }

    @Test
    void saysThatThereIsNothingWhenTargetsHaveNoAddresses() {
        srv(1, 1, 80, "one").with("one", 60, Type.TXT, "here");

        assertThat(zone.resolve(RecordType.SRV)).isInstanceOf(Resolution.Absent.class);
    }

    @Test
    void asksAgainSoonForATargetThatCouldNotBeLookedUpAndEverLater() throws InterruptedException {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(Zone.name("two"))));
        CachedResolution cached = cached();

        for (int second = 0; second < 60; second++) {
            assertThat(Zone.endpoints(cached.get(PATIENCE))).containsExactly("10.0.1.1:80");
            time.advance(Duration.ofSeconds(1));
        }
        // After 1, 2, 4, 8, 15, 15 … seconds, each a twentieth later at most.
        assertThat(zone.server().queries().count("stock.zone", Type.SRV)).isBetween(6L, 8L);
        assertThat(cached.stale()).isFalse();

        zone.server().fault(DnsFault.none());
        time.advance(Duration.ofSeconds(16));
        assertThat(Zone.endpoints(cached.get(PATIENCE))).hasSize(2);
        long asked = zone.server().queries().count();
        time.advance(Duration.ofSeconds(59));
        cached.get(PATIENCE);
        assertThat(zone.server().queries().count()).isEqualTo(asked);
    }

    @Test
    void waitsForTheTtlWithATargetThatHasNoAddress() throws InterruptedException {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.TXT, "here");
        CachedResolution cached = cached();

        cached.get(PATIENCE);
        time.advance(Duration.ofSeconds(59));
        cached.get(PATIENCE);

        assertThat(zone.server().queries().count("stock.zone", Type.SRV)).isOne();
    }

    private CachedResolution cached() {
        DnsResolver resolver = zone.resolver(RecordType.SRV, new AddressPolicy(false));
        return new CachedResolution(
                () -> resolver.resolve(Zone.STOCK, Zone.URL_PORT),
                () -> "stock",
                CachePolicy.DEFAULT,
                new Surroundings(time, time, new Random(1), Runnable::run),
                _ -> {});
    }

    @Test
    void keepsTheOthersWithoutDelayBeyondItsTriesWhenOneTargetIsNeverAnswered() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        zone.server()
                .fault(DnsFault.silence().onlyFor(question -> question.getName().equals(Zone.name("two"))));

        long begun = System.nanoTime();
        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(Zone.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.remark()).contains("two.zone.", "no answer within");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void makesTwoEndpointsOfTwoPortsOnOneHostAndAsksForItsAddressOnce() {
        srv(1, 1, 8080, "one").patient();
        srv(1, 1, 8081, "one").with("one", 60, Type.A, "10.0.1.1");

        assertThat(Zone.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.1:8080", "10.0.1.1:8081");
        assertThat(zone.server().queries().count("one.zone", Type.A)).isOne();
    }

    @Test
    void followsAPortThatChangesOnTheSameHost() {
        srv(1, 1, 8080, "one").with("one", 60, Type.A, "10.0.1.1");
        assertThat(Zone.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.1:8080");

        zone.without("stock", Type.SRV);
        srv(1, 1, 9090, "one");

        Resolution.Found changed = zone.found(RecordType.SRV);
        assertThat(Zone.endpoints(changed)).containsExactly("10.0.1.1:9090");
        assertThat(changed.complete()).isTrue();
    }

    @Test
    void keepsWeightsAndPrioritiesAsTheyAreThoughAllWeightsAreZero() {
        srv(1, 0, 80, "one");
        srv(2, 0, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");

        assertThat(zone.found(RecordType.SRV).targets())
                .extracting(Target::priority, Target::weight)
                .containsExactlyInAnyOrder(tuple(1, 0), tuple(2, 0));
    }

    @Test
    void takesATargetOfJustTheRootForDecidedlyNotAvailable() {
        srv(0, 0, 0, ".").patient();

        assertThat(zone.resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("decidedly not available"));
        assertThat(zone.server().queries().count()).isOne();
    }

    @Test
    void leavesARemovedTargetOutThoughItsAddressLookupFailsAtThatTime() {
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        assertThat(Zone.endpoints(zone.found(RecordType.SRV))).hasSize(2);
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(Zone.name("two"))));
        assertThat(zone.found(RecordType.SRV).unresolved()).containsExactly("two.zone.:80");

        zone.without("stock", Type.SRV);
        srv(1, 1, 80, "one");

        Resolution.Found removed = zone.found(RecordType.SRV);
        assertThat(Zone.endpoints(removed)).containsExactly("10.0.1.1:80");
        assertThat(removed.complete()).isTrue();
    }

    @Test
    void letsOneThatIsRemovedGoAtOnceThoughTheLookupOfAnotherFailsAtThatTime() {
        srv(1, 1, 80, "one").with("one", 60, Type.A, "10.0.1.1").with("two", 60, Type.A, "10.0.1.2");
        srv(1, 1, 80, "two").with("three", 60, Type.A, "10.0.1.3");
        srv(1, 1, 80, "three");
        Map<String, Target> before = new HashMap<>();
        zone.found(RecordType.SRV)
                .targets()
                .forEach(target -> before.put(target.endpoint().toString(), target));
        zone.server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL)
                        .onlyFor(question -> question.getName().equals(Zone.name("two"))));
        zone.without("stock", Type.SRV);
        srv(1, 1, 80, "one");
        srv(1, 1, 80, "two");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(Zone.endpoints(found)).containsExactly("10.0.1.1:80");
        assertThat(found.removes(Objects.requireNonNull(before.get("10.0.1.3:80"))))
                .isTrue();
        assertThat(found.removes(Objects.requireNonNull(before.get("10.0.1.2:80"))))
                .as("it may be there")
                .isFalse();
    }

    @Test
    void asksForAtMostSixtyFourTargetsHoweverLongTheAnswer() {
        for (int target = 0; target < 200; target++) {
            srv(1, 1, 80, "t" + target).with("t" + target, 60, Type.A, "10.0.1." + target);
        }

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(found.targets()).hasSize(64);
        assertThat(found.complete()).isFalse();
        assertThat(found.remark()).contains("64 of 200");
    }
}
