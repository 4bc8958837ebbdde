package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The usual misconfigurations, each described with the setting to change. */
class DiagnosisTest {

    private final ZoneServer zone = new ZoneServer();

    @AfterEach
    void close() {
        zone.close();
    }

    private String absence(RecordType recordType) {
        return ((Resolution.Absent) zone.resolve(recordType)).explanation();
    }

    private void negativeAnswerWith(Record soa) {
        zone.server().fault(DnsFault.answering(answer -> {
            answer.removeAllRecords(Section.ANSWER);
            answer.removeAllRecords(Section.AUTHORITY);
            answer.getHeader().setRcode(Rcode.NXDOMAIN);
            answer.addRecord(soa, Section.AUTHORITY);
            return answer;
        }));
    }

    private static Record soa(String owner, int ttl) {
        return ZoneServer.record(owner, ttl, Type.SOA, "ns hostmaster 1 7200 900 1209600 86400");
    }

    @Test
    void saysThatALongNegativeTtlDelaysAStartFromZero() {
        negativeAnswerWith(soa("zone.", 300));

        assertThat(absence(RecordType.SRV))
                .contains("may cache this for 300 s", "set the TTL of the namespace's SOA record to 15 s or less");
    }

    @Test
    void doesNotMentionAShortNegativeTtl() {
        negativeAnswerWith(soa("zone.", 15));

        assertThat(absence(RecordType.SRV))
                .contains("no instance is registered")
                .doesNotContain("cache");
    }

    @Test
    void saysThatTheNamespaceIsUnknownIfTheAnswerComesFromThePublicRoot() {
        negativeAnswerWith(soa(".", 86_400));

        assertThat(absence(RecordType.SRV))
                .contains("does not know the namespace", "discovery.namespace", "associated with this VPC");
    }

    @ParameterizedTest
    @CsvSource({"A, SRV", "SRV, A"})
    void saysWhichRecordTypeToSetIfTheNameHasNoneOfTheQueriedType(RecordType queried, RecordType other) {
        zone.with("stock", 60, Type.TXT, "here");

        assertThat(absence(queried)).contains("NODATA", "set discovery.record-type=" + other);
    }

    @ParameterizedTest
    @CsvSource({"60, false", "61, true", "300, true"})
    void saysThatATtlBeyondAMinuteMakesDeploymentsSlow(int ttl, boolean warned) {
        zone.with("stock", ttl, Type.A, "10.0.1.101");

        assertThat(zone.found(RecordType.A).warning().contains("set it to 60 s or less"))
                .isEqualTo(warned);
    }

    @Test
    void saysThatBurstsOfTimeoutsLookLikeTheLimitOfTheVpcsResolver() {
        zone.with("stock", 60, Type.A, "10.0.1.101");
        DnsResolver resolver = zone.resolver(RecordType.A, ZoneServer.IPV4);
        for (int query = 0; query < 8; query++) {
            resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT);
        }
        zone.server().fault(DnsFault.silence());

        assertThat(explanation(resolver)).doesNotContain("1,024");
        assertThat(explanation(resolver)).contains("1,024 packets a second");
    }

    @Test
    void doesNotTakeAnOutageForBurstsOfTimeouts() {
        DnsResolver resolver = zone.resolver(RecordType.A, ZoneServer.IPV4);
        zone.server().fault(DnsFault.silence());
        explanation(resolver);
        explanation(resolver);

        assertThat(explanation(resolver)).doesNotContain("1,024");
    }

    private static String explanation(DnsResolver resolver) {
        return ((Resolution.Unavailable) resolver.resolve(ZoneServer.STOCK, ZoneServer.URL_PORT)).explanation();
    }
}
