package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.DnsFault;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** The usual misconfigurations, each told in words that say what to change. */
class DiagnosisTest {

    private final Zone zone = new Zone();
    private final AnswerHistory history = new AnswerHistory();

    @AfterEach
    void close() {
        zone.close();
    }

    private String absence(RecordType record) {
        return ((Resolution.Absent) zone.resolve(record)).explanation();
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
        return Zone.record(owner, ttl, Type.SOA, "ns hostmaster 1 7200 900 1209600 86400");
    }

    @Test
    void saysThatALongNegativeTtlDelaysAStartFromZero() {
        negativeAnswerWith(soa("zone.", 300));

        assertThat(absence(RecordType.SRV))
                .contains("remember that for 300 s", "set the ttl of the namespace's SOA record to 15 s or less");
    }

    @Test
    void saysNothingOfANegativeTtlThatIsShort() {
        negativeAnswerWith(soa("zone.", 15));

        assertThat(absence(RecordType.SRV))
                .contains("no instance is registered")
                .doesNotContain("remember");
    }

    @Test
    void saysThatTheNamespaceIsUnknownWhereThePublicRootAnswers() {
        negativeAnswerWith(soa(".", 86_400));

        assertThat(absence(RecordType.SRV)).contains("does not know the namespace", "not associated with this VPC");
    }

    @ParameterizedTest
    @CsvSource({"A, SRV", "SRV, A"})
    void saysWhichRecordTypeToSetWhereTheOtherOneIsThere(RecordType asked, RecordType registered) {
        zone.with("stock", 60, Type.TXT, "here");

        assertThat(absence(asked)).contains("NODATA", "set discovery.record=" + registered);
    }

    @ParameterizedTest
    @CsvSource({"60, false", "61, true", "300, true"})
    void saysThatATtlBeyondAMinuteMakesDeploymentsSlow(int ttl, boolean said) {
        zone.with("stock", ttl, Type.A, "10.0.1.101");

        assertThat(zone.found(RecordType.A).remark().contains("set it to 60 s or less"))
                .isEqualTo(said);
    }

    private Resolution.Found seen(int... hosts) {
        List<Target> targets = IntStream.of(hosts)
                .mapToObj(host -> new Target(new Endpoint(InetAddress.ofLiteral("10.0.1." + host), 80), 1, 1))
                .toList();
        return (Resolution.Found)
                history.remarked(new Resolution.Found(targets, true, Duration.ofSeconds(60), "known before"));
    }

    @Test
    void saysThatOneRecordInTurnLooksLikeWeightedRoutingAndTakesItForASample() {
        seen(1);
        seen(2);
        assertThat(seen(1).complete()).isTrue();

        Resolution.Found rotated = seen(2);

        assertThat(rotated.remark()).startsWith("known before; ").contains("WEIGHTED", "MULTIVALUE");
        assertThat(rotated.complete()).isFalse();
    }

    @Test
    void takesADeploymentOfASingleInstanceAndItsRollbackForWhatTheyAre() {
        for (int host : new int[] {1, 1, 1, 2, 2, 1, 1, 3}) {
            assertThat(seen(host).remark()).isEqualTo("known before");
        }
    }

    @Test
    void forgetsARotationOnceAnAnswerHasTwoRecords() {
        for (int host : new int[] {1, 2, 1, 2, 1}) {
            seen(host);
        }
        seen(1, 2);

        assertThat(seen(1).remark()).isEqualTo("known before");
    }

    @Test
    void saysThatBurstsOfTimeoutsLookLikeTheLimitOfTheVpcsResolver() {
        zone.with("stock", 60, Type.A, "10.0.1.101");
        DnsResolver resolver = zone.resolver(RecordType.A, new AddressPolicy(false));
        for (int question = 0; question < 8; question++) {
            resolver.resolve(Zone.STOCK, Zone.URL_PORT);
        }
        zone.server().fault(DnsFault.silence());

        assertThat(explanation(resolver)).doesNotContain("1,024");
        assertThat(explanation(resolver)).contains("1,024 packets a second");
    }

    @Test
    void doesNotTakeAnOutageForBursts() {
        DnsResolver resolver = zone.resolver(RecordType.A, new AddressPolicy(false));
        zone.server().fault(DnsFault.silence());
        explanation(resolver);
        explanation(resolver);

        assertThat(explanation(resolver)).doesNotContain("1,024");
    }

    private static String explanation(DnsResolver resolver) {
        return ((Resolution.Unavailable) resolver.resolve(Zone.STOCK, Zone.URL_PORT)).explanation();
    }
}
