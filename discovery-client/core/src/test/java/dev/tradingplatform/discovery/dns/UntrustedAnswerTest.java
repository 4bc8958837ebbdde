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

/** Scenario: an answer that is one, from a server or a zone that means no good. */
class UntrustedAnswerTest {

    private final Zone zone = new Zone().with("stock", 60, Type.A, "10.0.1.101");

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
    void refusesTheAddress(String address) throws UnknownHostException {
        assertThat(new AddressPolicy(false, true).allows(InetAddress.getByName(address)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.1.101", "172.31.0.9", "100.64.0.1", "203.0.113.7", "2001:db8::1", "fd12:3456::1"})
    void allowsTheAddress(String address) throws UnknownHostException {
        assertThat(new AddressPolicy(false).allows(InetAddress.getByName(address)))
                .isTrue();
    }

    @Test
    void refusesLoopbackAndMetadataInAAnswers() {
        zone.with("stock", 60, Type.A, "127.0.0.1").with("stock", 60, Type.A, "169.254.169.254");

        Resolution.Found found = zone.found(RecordType.A);

        assertThat(Zone.endpoints(found)).containsExactly("10.0.1.101:80");
        assertThat(found.remark()).contains("127.0.0.1 is refused", "169.254.169.254 is refused");
    }

    @Test
    void saysThatNothingUsableIsLeftWhereEveryAddressIsRefused() {
        zone.without("stock", Type.A).with("stock", 60, Type.A, "169.254.169.254");

        assertThat(zone.resolve(RecordType.A))
                .isInstanceOfSatisfying(
                        Resolution.Absent.class,
                        absent -> assertThat(absent.explanation()).contains("no usable address", "169.254.169.254"));
    }

    @Test
    void refusesLoopbackAndMetadataAsAddressesOfSrvTargets() {
        zone.with("stock", 60, Type.SRV, "1 1 8080 good")
                .with("stock", 60, Type.SRV, "1 1 8080 self")
                .with("stock", 60, Type.SRV, "1 1 80 metadata")
                .with("good", 60, Type.A, "10.0.1.101")
                .with("self", 60, Type.A, "127.0.0.1")
                .with("metadata", 60, Type.A, "169.254.169.254");

        assertThat(Zone.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.101:8080");
    }

    @Test
    void refusesLoopbackAndMetadataAsGlue() {
        zone.with("stock", 60, Type.SRV, "1 1 8080 good")
                .with("stock", 60, Type.SRV, "1 1 8080 self")
                .withGlue("good", Type.A, "10.0.1.101")
                .withGlue("self", Type.A, "127.0.0.1")
                .withGlue("self", Type.A, "169.254.169.254");

        assertThat(Zone.endpoints(zone.found(RecordType.SRV))).containsExactly("10.0.1.101:8080");
    }

    @Test
    void leavesGlueOfNamesOutThatAreNoTargets() {
        zone.with("stock", 60, Type.SRV, "1 1 8080 good")
                .withGlue("good", Type.A, "10.0.1.101")
                .withGlue("stranger", Type.A, "10.6.6.6")
                .withGlue("stock", Type.A, "10.6.6.7");

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(Zone.endpoints(found)).containsExactly("10.0.1.101:8080");
        assertThat(found.complete()).isTrue();
    }

    @Test
    void leavesRecordsOfForeignOwnersOutOfAnAnswerThatHasOwnOnes() {
        zone.server().fault(DnsFault.answering(answer -> {
            answer.addRecord(Zone.record("other", 60, Type.A, "10.6.6.6"), Section.ANSWER);
            return answer;
        }));

        assertThat(Zone.endpoints(zone.found(RecordType.A))).containsExactly("10.0.1.101:80");
    }

    @Test
    void endsAChainOfAliasesThatGoesInCircles() {
        zone.patient()
                .without("stock", Type.A)
                .with("stock", 60, Type.CNAME, "other")
                .with("other", 60, Type.CNAME, "stock");

        assertThat(zone.resolve(RecordType.A))
                .isEqualTo(
                        new Resolution.Unavailable("asked for A stock.zone: its aliases (CNAME) lead in circles or too"
                                + " far: stock.zone. → stock.zone."));
        assertThat(zone.server().queries().count()).isOne();
    }
}
