package dev.tradingplatform.discovery.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsHandlerTest {

    private final DnsZone zone = DnsZone.of("zone.test");

    @Test
    void answersRandomSubsets() {
        for (int n = 1; n <= 12; n++) {
            zone.add("stock", Type.A, Duration.ofSeconds(1), "10.0.0." + n);
        }
        DnsHandler subset = zone.withRandomSubset(3, new Random(1));
        Set<String> seen = new HashSet<>();

        for (int lookup = 0; lookup < 50; lookup++) {
            List<Record> records =
                    subset.answer(DnsProbe.query("stock.zone.test.", Type.A)).getSection(Section.ANSWER);
            assertThat(records).hasSize(3).doesNotHaveDuplicates();
            records.forEach(record -> seen.add(record.rdataToString()));
        }

        assertThat(seen).hasSize(12);
        assertThat(zone.answer(DnsProbe.query("stock.zone.test.", Type.A)).getSection(Section.ANSWER))
                .hasSize(12);
    }

    @Test
    void keepsTheAddressesOfTheTargetsInTheSubsetOnly() throws UnknownHostException {
        CloudMap cloudMap = CloudMap.of(CloudMapNamespace.of("zone.test"));
        for (int n = 1; n <= 6; n++) {
            cloudMap.register("stock", "task-" + n, InetAddress.getByName("10.0.0." + n), 80);
        }

        Message answer =
                cloudMap.withRandomSubset(2, new Random(1)).answer(DnsProbe.query("stock.zone.test.", Type.SRV));

        assertThat(answer.getSection(Section.ANSWER)).hasSize(2);
        assertThat(answer.getSection(Section.ADDITIONAL))
                .extracting(Record::getName)
                .containsExactlyInAnyOrderElementsOf(answer.getSection(Section.ANSWER).stream()
                        .map(record -> ((SRVRecord) record).getTarget())
                        .toList());
    }

    @Test
    void doesNotChangeTheAnswerOfTheOtherHandler() {
        Message complete = DnsHandler.response(DnsProbe.query("stock.zone.test.", Type.A), Rcode.NOERROR);
        for (int n = 1; n <= 4; n++) {
            complete.addRecord(address("10.0.0." + n), Section.ANSWER);
        }
        DnsHandler always = query -> complete;

        Message answer = always.withRandomSubset(1, new Random(1)).answer(DnsProbe.query("stock.zone.test.", Type.A));

        assertThat(answer.getSection(Section.ANSWER)).hasSize(1);
        assertThat(complete.getSection(Section.ANSWER)).hasSize(4);
    }

    private static List<String> addresses(DnsHandler handler, String name) {
        return handler.answer(DnsProbe.query(name, Type.A)).getSection(Section.ANSWER).stream()
                .map(Record::rdataToString)
                .toList();
    }

    @Test
    void aCachingResolverRepeatsAnAnswerUntilItsTtlEnds() {
        ManualClock clock = new ManualClock();
        DnsHandler cached = zone.cached(clock);
        address("10.0.0.1", Duration.ofSeconds(10));
        assertThat(addresses(cached, "stock.zone.test.")).containsExactly("10.0.0.1");
        address("10.0.0.2", Duration.ofSeconds(10));

        clock.advance(Duration.ofMillis(9_999));
        Message repeated = cached.answer(DnsProbe.query("STOCK.zone.test.", Type.A));
        assertThat(repeated.getSection(Section.ANSWER)).hasSize(1);
        assertThat(repeated.getSection(Section.ANSWER).get(0).rdataToString()).isEqualTo("10.0.0.1");
        assertThat(repeated.getSection(Section.ANSWER).get(0).getTTL()).isEqualTo(1);
        assertThat(repeated.getHeader().getFlag(Flags.AA)).as("authoritative").isFalse();

        clock.advance(Duration.ofMillis(1));
        assertThat(addresses(cached, "stock.zone.test.")).containsExactly("10.0.0.2");
    }

    @Test
    void aCachingResolverRepeatsForEachQueryItsIdAndQuestion() {
        DnsHandler cached = zone.cached(new ManualClock());
        address("10.0.0.1", Duration.ofSeconds(10));
        cached.answer(DnsProbe.query("stock.zone.test.", Type.A));

        Message query = DnsProbe.query("stock.zone.test.", Type.A);

        assertThat(cached.answer(query).getHeader().getID())
                .isEqualTo(query.getHeader().getID());
        assertThat(cached.answer(query).getQuestion()).isEqualTo(query.getQuestion());
        assertThat(cached.answer(DnsProbe.query("stock.zone.test.", Type.AAAA)).getSection(Section.ANSWER))
                .as("another type")
                .isEmpty();
    }

    @Test
    void aCachingResolverRepeatsAnAnswerWithoutRecordsForItsNegativeTtl() {
        ManualClock clock = new ManualClock();
        CloudMap cloudMap = CloudMap.of(CloudMapNamespace.of("zone.test").withNegativeTtl(Duration.ofSeconds(5)));
        DnsHandler cached = cloudMap.cached(clock);
        assertThat(addresses(cached, "stock.zone.test.")).isEmpty();
        cloudMap.register("stock", "task-1", InetAddress.getLoopbackAddress(), 80);

        clock.advance(Duration.ofMillis(4_999));
        assertThat(addresses(cached, "stock.zone.test.")).isEmpty();
        clock.advance(Duration.ofMillis(1));
        assertThat(addresses(cached, "stock.zone.test.")).containsExactly("127.0.0.1");
    }

    private Record address(String ip) {
        return address(ip, Duration.ofSeconds(1));
    }

    private Record address(String ip, Duration ttl) {
        zone.remove("stock", Type.A).add("stock", Type.A, ttl, ip);
        return zone.answer(DnsProbe.query("stock.zone.test.", Type.A))
                .getSection(Section.ANSWER)
                .getFirst();
    }

    @Test
    void doesNotAnswerEmptySubsets() {
        assertThatThrownBy(() -> zone.withRandomSubset(0, new Random(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max: 0 (expected: 1 or more)");
    }

    @Test
    void passesQueriesThatItRefusesToTheNextHandler() {
        zone.add("stock", Type.A, Duration.ofSeconds(1), "10.0.0.1");
        DnsHandler both =
                CloudMap.of(CloudMapNamespace.of("trading-platform.local")).orElse(zone);

        assertThat(both.answer(DnsProbe.query("stock.zone.test.", Type.A)).getSection(Section.ANSWER))
                .hasSize(1);
        assertThat(both.answer(DnsProbe.query("stock.trading-platform.local.", Type.A))
                        .getRcode())
                .isEqualTo(Rcode.NXDOMAIN);
        assertThat(both.answer(DnsProbe.query("example.org.", Type.A)).getRcode())
                .isEqualTo(Rcode.REFUSED);
    }
}
