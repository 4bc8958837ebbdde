package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** AAAA records, for those who want them. */
class Ipv6Test {

    private static final AddressPolicy BOTH = new AddressPolicy(false, true);
    private static final String V4 = "10.0.1.101:80";
    private static final String V6 = "[2001:db8:0:0:0:0:0:1]:80";

    private final Zone zone = new Zone().patient();

    @AfterEach
    void close() {
        zone.close();
    }

    private Resolution resolve(RecordType record) {
        return zone.resolver(record, BOTH).resolve(Zone.STOCK, Zone.URL_PORT);
    }

    private Zone withBoth() {
        return zone.with("stock", 60, Type.A, "10.0.1.101").with("stock", 30, Type.AAAA, "2001:db8::1");
    }

    @Test
    void isNotAskedForUnlessWanted() {
        withBoth();

        assertThat(Zone.endpoints(zone.resolve(RecordType.A))).containsExactly(V4);
        assertThat(zone.server().queries().count("stock.zone", Type.AAAA)).isZero();
    }

    @Test
    void addsToTheAddressesOfIpv4() {
        withBoth();

        assertThat(resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(Zone.endpoints(found)).containsExactly(V4, V6);
            assertThat(found.complete()).isTrue();
            assertThat(found.ttl()).hasSeconds(30);
        });
    }

    @Test
    void isEnoughAlone() {
        zone.with("stock", 60, Type.AAAA, "2001:db8::1");

        assertThat(resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(Zone.endpoints(found)).containsExactly(V6);
            assertThat(found.remark()).isEmpty();
        });
    }

    @Test
    void costsIpv4NothingWhenItsLookupFails() {
        withBoth().server().fault(DnsFault.rcode(Rcode.SERVFAIL).onlyFor(asked -> asked.getType() == Type.AAAA));

        assertThat(resolve(RecordType.A)).isInstanceOfSatisfying(Resolution.Found.class, found -> {
            assertThat(Zone.endpoints(found)).containsExactly(V4);
            assertThat(found.complete()).isFalse();
            assertThat(found.remark()).contains("no AAAA records", "SERVFAIL");
        });
    }

    @Test
    void standsInWhenTheLookupForIpv4Fails() {
        withBoth().server().fault(DnsFault.rcode(Rcode.SERVFAIL).onlyFor(asked -> asked.getType() == Type.A));

        assertThat(Zone.endpoints(resolve(RecordType.A))).containsExactly(V6);
    }

    @Test
    void isNoProofOfAbsenceWhenOneFamilyHasNothingAndTheOtherFails() {
        zone.with("stock", 60, Type.AAAA, "2001:db8::1")
                .server()
                .fault(DnsFault.rcode(Rcode.SERVFAIL).onlyFor(asked -> asked.getType() == Type.AAAA));

        assertThat(resolve(RecordType.A)).isInstanceOf(Resolution.Unavailable.class);
    }

    @Test
    void saysThatThereIsNothingWhenNeitherFamilyHasAnything() {
        assertThat(resolve(RecordType.A)).isInstanceOf(Resolution.Absent.class);
    }

    @Test
    void isAskedForTheTargetsOfSrvRecordsToo() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .with("one", 60, Type.A, "10.0.1.101")
                .with("one", 60, Type.AAAA, "2001:db8::1");

        assertThat(Zone.endpoints(resolve(RecordType.SRV))).containsExactly(V4, V6);
    }

    @Test
    void isTakenFromGlueWhereTheServerAddsBoth() {
        zone.with("stock", 60, Type.SRV, "1 1 80 one")
                .withGlue("one", Type.A, "10.0.1.101")
                .withGlue("one", Type.AAAA, "2001:db8::1");

        assertThat(Zone.endpoints(resolve(RecordType.SRV))).containsExactly(V4, V6);
        assertThat(zone.server().queries().count()).isOne();
    }

    @Test
    void countsEightOfEitherFamilyAsASample() {
        for (int address = 1; address <= 7; address++) {
            zone.with("stock", 60, Type.A, "10.0.1." + address).with("stock", 60, Type.AAAA, "2001:db8::" + address);
        }
        assertThat(((Resolution.Found) resolve(RecordType.A)).complete()).isTrue();

        zone.with("stock", 60, Type.AAAA, "2001:db8::8");
        assertThat(((Resolution.Found) resolve(RecordType.A)).complete()).isFalse();
    }
}
