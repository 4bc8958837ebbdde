package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

@Timeout(10)
class DnsZoneTest {

    private static final Duration TTL = Duration.ofSeconds(30);

    private final DnsZone zone = DnsZone.of("zone.test");

    @Test
    void answersAllRecordsOfANameAndType() {
        zone.add("stock", Type.A, TTL, "10.0.0.1")
                .add("stock", Type.A, TTL, "10.0.0.2")
                .add("stock", Type.AAAA, TTL, "2001:db8::1")
                .add("stock", Type.TXT, TTL, "version=2");

        assertThat(answer("stock.zone.test.", Type.A)).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(answer("STOCK.zone.test.", Type.AAAA)).containsExactly("2001:db8:0:0:0:0:0:1");
        assertThat(answer("stock.zone.test.", Type.TXT)).containsExactly("version=2");
        assertThat(ask("stock.zone.test.", Type.A)
                        .getSection(Section.ANSWER)
                        .getFirst()
                        .getTTL())
                .isEqualTo(30);
    }

    @Test
    void answersSrvWithTheAdditionalRecordsOfTheTest() {
        zone.add("_stock._tcp", Type.SRV, TTL, "10 5 8080 task-1").addAdditional("task-1", Type.A, TTL, "10.0.0.1");

        Message answer = ask("_stock._tcp.zone.test.", Type.SRV);

        assertThat(data(answer, Section.ANSWER)).containsExactly("10 5 8080 task-1.zone.test.");
        assertThat(data(answer, Section.ADDITIONAL)).containsExactly("10.0.0.1");
    }

    @Test
    void followsAliases() {
        zone.add("stock", Type.CNAME, TTL, "blue")
                .add("blue", Type.CNAME, TTL, "green")
                .add("green", Type.A, TTL, "10.0.0.1");

        assertThat(answer("stock.zone.test.", Type.A))
                .containsExactly("blue.zone.test.", "green.zone.test.", "10.0.0.1");
        assertThat(answer("stock.zone.test.", Type.CNAME)).containsExactly("blue.zone.test.");
    }

    @Test
    void endsLoopsOfAliases() {
        zone.add("a", Type.CNAME, TTL, "b").add("b", Type.CNAME, TTL, "a");

        assertThat(answer("a.zone.test.", Type.A)).containsExactly("b.zone.test.", "a.zone.test.");
    }

    @Test
    void answersAnAliasOfAnotherZoneAlone() {
        zone.add("stock", Type.CNAME, TTL, "elsewhere.example.");

        assertThat(answer("stock.zone.test.", Type.A)).containsExactly("elsewhere.example.");
    }

    @ParameterizedTest
    @CsvSource({
        "stock.zone.test., AAAA, NOERROR",
        "zone.test., A, NOERROR",
        "_tcp.zone.test., A, NOERROR",
        "other.zone.test., A, NXDOMAIN",
        "a.stock.zone.test., A, NXDOMAIN"
    })
    void answersNoDataForNamesThatExistAndNxdomainForOthers(String name, String type, String rcode) {
        zone.add("stock", Type.A, TTL, "10.0.0.1").add("_stock._tcp", Type.SRV, TTL, "1 1 80 stock");

        Message answer = ask(name, Type.value(type));

        assertThat(Rcode.string(answer.getRcode())).isEqualTo(rcode);
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getSection(Section.AUTHORITY)).singleElement().satisfies(soa -> {
            assertThat(soa.getType()).isEqualTo(Type.SOA);
            assertThat(soa.getTTL()).isEqualTo(10);
        });
    }

    @Test
    void answersWithTheSoaOfTheTest() {
        zone.add("@", Type.SOA, Duration.ofSeconds(3), "ns hostmaster 1 2 3 4 5");

        assertThat(ask("other.zone.test.", Type.A).getSection(Section.AUTHORITY))
                .extracting(Record::getTTL)
                .containsExactly(3L);
    }

    @Test
    void removesRecords() {
        zone.add("stock", Type.A, TTL, "10.0.0.1").remove("stock", Type.A);

        assertThat(ask("stock.zone.test.", Type.A).getRcode()).isEqualTo(Rcode.NXDOMAIN);
    }

    @Test
    void refusesNamesOfOtherZones() {
        assertThat(ask("stock.example.", Type.A).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void namesDataThatIsInvalid() {
        assertThatThrownBy(() -> zone.add("stock", Type.A, TTL, "10.0.0.x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("data: \"10.0.0.x\" (expected: A data as in a zone file)");
    }

    private List<String> answer(String name, int type) {
        return data(ask(name, type), Section.ANSWER);
    }

    private Message ask(String name, int type) {
        return zone.answer(DnsProbe.query(name, type));
    }

    private static List<String> data(Message answer, int section) {
        return answer.getSection(section).stream().map(Record::rdataToString).toList();
    }
}
