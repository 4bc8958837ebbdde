package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** AAAA records: queried on request, and named in the explanation if they are all that a name has. */
class Ipv6Test {

    private static final AddressPolicy BOTH = new AddressPolicy(false, true);
    private static final String V4 = "10.0.1.101:80";
    private static final String V6 = "[2001:db8:0:0:0:0:0:1]:80";

    private final ZoneServer zone = new ZoneServer().withLongTimeout();

    @AfterEach
    void close() {
        zone.close();
    }

    private Resolution resolve(RecordType recordType) {
        return zone.resolver(recordType, BOTH).resolve(ZoneServer.STOCK, ZoneServer.URL_PORT);
    }

    private ZoneServer withBoth() {
        return zone.with("stock", 60, Type.A, "10.0.1.101").with("stock", 30, Type.AAAA, "2001:db8::1");
    }

    @Test
    void isNotQueriedByDefault() {
        withBoth();

        assertThat(ZoneServer.endpoints(zone.resolve(RecordType.A))).containsExactly(V4);
        assertThat(zone.server().queries().count("stock.zone", Type.AAAA)).isZero();
    }

    @Test
    void addsToTheAddressesOfIpv4() {
        withBoth();

        assertThat(resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(ZoneServer.endpoints(found)).containsExactly(V4, V6);
            assertThat(found.complete()).isTrue();
            assertThat(found.ttl()).hasSeconds(30);
        });
    }

    @Test
    void isEnoughWithoutIpv4() {
        zone.with("stock", 60, Type.AAAA, "2001:db8::1");

        assertThat(resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(ZoneServer.endpoints(found)).containsExactly(V6);
            assertThat(found.warning()).isEmpty();
        });
    }

    @Test
    void doesNotAffectIpv4WhenItsLookupFails() {
        withBoth().server().fault(DnsFault.rcode(Rcode.SERVFAIL).onlyFor(question -> question.getType() == Type.AAAA));

        assertThat(resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(ZoneServer.endpoints(found)).containsExactly(V4);
            assertThat(found.complete()).isFalse();
            assertThat(found.warning()).contains("no AAAA records", "SERVFAIL");
        });
    }

    @Test
    void isUsedWhenTheLookupForIpv4Fails() {
        withBoth().server().fault(DnsFault.rcode(Rcode.SERVFAIL).onlyFor(question -> question.getType() == Type.A));

        assertThat(ZoneServer.endpoints(resolve(RecordType.A))).containsExactly(V6);
    }

    @Test
    void isUnavailableAndNotAbsentWhenItsLookupFailsAndThereIsNoIpv4() {
        zone.with("stock", 60, Type.AAAA, "2001:db8::1")
                .server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL).onlyFor(question -> question.getType() == Type.AAAA));

        assertThat(resolve(RecordType.A)).isInstanceOf(Resolution.Unavailable.class);
    }

    @Test
    void isAbsentIfThereIsNoIpv4Either() {
        assertThat(resolve(RecordType.A)).isInstanceOf(Resolution.Absent.class);
    }

    @Test
    void isQueriedForTheTargetsOfSrvRecordsToo() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .with("one", 60, Type.A, "10.0.1.101")
                .with("one", 60, Type.AAAA, "2001:db8::1");

        assertThat(ZoneServer.endpoints(resolve(RecordType.SRV))).containsExactly(V4, V6);
    }

    @Test
    void isTakenFromTheAdditionalSectionIfTheServerAddsBoth() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .withAdditional("one", Type.A, "10.0.1.101")
                .withAdditional("one", Type.AAAA, "2001:db8::1");

        assertThat(ZoneServer.endpoints(resolve(RecordType.SRV))).containsExactly(V4, V6);
        assertThat(zone.server().queries().count()).isOne();
    }

    @Test
    void makesAnAnswerPartialIfEightRecordsOfEitherTypeAreListed() {
        for (int address = 1; address <= 7; address++) {
            zone.with("stock", 60, Type.A, "10.0.1." + address).with("stock", 60, Type.AAAA, "2001:db8::" + address);
        }
        assertThat(((Resolution.Found) resolve(RecordType.A)).complete()).isTrue();

        zone.with("stock", 60, Type.AAAA, "2001:db8::8");
        assertThat(((Resolution.Found) resolve(RecordType.A)).complete()).isFalse();
    }

    @Test
    void isNamedWithItsPropertyIfTheTargetsOfSrvRecordsHaveNothingElse() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .with("stock", 60, Type.SRV, "1 1 80 two")
                .with("one", 60, Type.AAAA, "2001:db8::1")
                .with("two", 60, Type.AAAA, "2001:db8::2");

        assertThat(zone.resolve(RecordType.SRV)).isInstanceOfSatisfying(Resolution.Absent.class, absent -> {
            assertThat(absent.explanation())
                    .isEqualTo(
                            "query SRV stock.zone: no usable address: SRV target one.zone. has only AAAA records: set"
                                    + " discovery.ipv6=true; SRV target two.zone. has only AAAA records: set"
                                    + " discovery.ipv6=true");
            assertThat(absent.nameExists()).isTrue();
        });
        assertThat(ZoneServer.endpoints(resolve(RecordType.SRV))).hasSize(2);
    }

    @Test
    void isNamedForTheTargetWithoutIpv4AndQueriedForThisOneOnly() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .with("stock", 60, Type.SRV, "1 1 80 two")
                .with("one", 60, Type.A, "10.0.1.101")
                .with("one", 60, Type.AAAA, "2001:db8::1")
                .with("two", 60, Type.AAAA, "2001:db8::2");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(ZoneServer.endpoints(found)).containsExactly(V4);
        assertThat(found.warning()).isEqualTo("SRV target two.zone. has only AAAA records: set discovery.ipv6=true");
        assertThat(zone.server().queries().count("one.zone", Type.AAAA)).isZero();
        assertThat(zone.server().queries().count("two.zone", Type.AAAA)).isOne();
    }

    @Test
    void isNamedWithItsPropertyIfTheServiceHasNothingElse() {
        zone.with("stock", 60, Type.AAAA, "2001:db8::1");

        assertThat(zone.resolve(RecordType.A))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation())
                                .isEqualTo(
                                        "query A stock.zone: the name has only AAAA records: set discovery.ipv6=true"));
    }

    @Test
    void isNotNamedIfThereIsNone() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one").with("one", 60, Type.TXT, "here");

        assertThat(zone.resolve(RecordType.SRV).warning()).endsWith("SRV target one.zone. has no address");
    }
}
