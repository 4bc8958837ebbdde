package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Scenario: a valid answer from a malicious server or zone. */
class UntrustedAnswerTest {

    private final ZoneServer zone = new ZoneServer().with("stock", 60, Type.A, "10.0.1.101");

    @AfterEach
    void close() {
        zone.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.9.9.9",
                "0.0.0.0",
                "0.0.0.1",
                "169.254.169.254",
                "169.254.170.2",
                "224.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "fe80::1",
                "ff02::1",
                "fd00:ec2::254",
                "::ffff:169.254.169.254",
                "64:ff9b::169.254.169.254",
                "64:ff9b::127.0.0.1"
            })
    void rejectsTheAddress(String address) throws UnknownHostException {
        assertThat(new AddressPolicy(false, true).allows(InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.101", "172.31.0.9", "100.64.0.1", "203.0.113.7", "2001:db8::1", "fd12:3456::1"})
    void allowsTheAddress(String address) throws UnknownHostException {
        assertThat(ZoneServer.IPV4.allows(InetAddress.getByName(address))).isTrue();
    }

    @Test
    void rejectsLoopbackAndMetadataAddressesInARecords() {
        zone.with("stock", 60, Type.A, "127.0.0.1").with("stock", 60, Type.A, "169.254.169.254");

        Resolution.Found found = zone.found(RecordType.A);

        assertThat(ZoneServer.endpoints(found)).containsExactly("10.0.1.101:80");
        assertThat(found.warning()).contains("127.0.0.1 is not allowed", "169.254.169.254 is not allowed");
    }

    @Test
    void saysThatNoAddressIsUsableIfEachIsRejected() {
        zone.without("stock", Type.A).with("stock", 60, Type.A, "169.254.169.254");

        assertThat(zone.resolve(RecordType.A))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("no usable address", "169.254.169.254"));
    }

    @Test
    void rejectsLoopbackAndMetadataAddressesOfSrvTargets() {
        zone.with("stock", 60, Type.SRV, "1 1 8080 good")
                .with("stock", 60, Type.SRV, "1 1 8080 self")
                .with("stock", 60, Type.SRV, "1 1 80 metadata")
                .with("good", 60, Type.A, "10.0.1.101")
                .with("self", 60, Type.A, "127.0.0.1")
                .with("metadata", 60, Type.A, "169.254.169.254");

        assertThat(ZoneServer.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.101:8080");
    }

    @Test
    void rejectsLoopbackAndMetadataAddressesInTheAdditionalSection() {
        zone.with("stock", 60, Type.SRV, "1 1 8080 good")
                .with("stock", 60, Type.SRV, "1 1 8080 self")
                .withAdditional("good", Type.A, "10.0.1.101")
                .withAdditional("self", Type.A, "127.0.0.1")
                .withAdditional("self", Type.A, "169.254.169.254");

        assertThat(ZoneServer.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.101:8080");
    }

    @Test
    void ignoresAdditionalAddressesOfOtherNames() {
        zone.with("stock", 60, Type.SRV, "1 1 8080 good")
                .withAdditional("good", Type.A, "10.0.1.101")
                .withAdditional("stranger", Type.A, "10.6.6.6")
                .withAdditional("stock", Type.A, "10.6.6.7");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(ZoneServer.endpoints(found)).containsExactly("10.0.1.101:8080");
        assertThat(found.complete()).isTrue();
    }

    @Test
    void ignoresRecordsOfOtherOwnersInAnAnswer() {
        zone.server().fault(DnsFault.answering(answer -> {
            answer.addRecord(ZoneServer.record("other", 60, Type.A, "10.6.6.6"), Section.ANSWER);
            return answer;
        }));

        assertThat(ZoneServer.endpoints(zone.found(RecordType.A))).containsExactly("10.0.1.101:80");
    }

    @Test
    void endsALoopOfAliasesWithinOneAnswer() {
        zone.withLongTimeout()
                .without("stock", Type.A)
                .with("stock", 60, Type.CNAME, "other")
                .with("other", 60, Type.CNAME, "stock");

        assertThat(zone.resolve(RecordType.A))
                .isEqualTo(new Resolution.Unavailable("query A stock.zone: its aliases (CNAME) form a loop or are"
                        + " more than 8: stock.zone. → stock.zone."));
        assertThat(zone.server().queries().count()).isOne();
    }
}
