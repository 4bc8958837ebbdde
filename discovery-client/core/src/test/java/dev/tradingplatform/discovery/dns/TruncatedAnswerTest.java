package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.DnsFault;
import dev.tradingplatform.discovery.test.DnsQueryLog;
import dev.tradingplatform.discovery.test.DnsReply;
import dev.tradingplatform.discovery.test.DnsTransport;
import dev.tradingplatform.discovery.test.TcpMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/** Scenario: eight SRV records with targets as ECS names them, from old servers and through restricted networks. */
class TruncatedAnswerTest {

    private static final int WITHOUT_EDNS = 512;

    private final ZoneServer zone = new ZoneServer();

    TruncatedAnswerTest() {
        for (int task = 1; task <= 8; task++) {
            String target = task + "0123456789abcdef0123456789abcde.stock";
            zone.with("stock", 60, Type.SRV, "1 1 8080 " + target);
            zone.with(target, 60, Type.A, "10.0.1.10" + task);
        }
    }

    @AfterEach
    void close() {
        zone.close();
    }

    private List<DnsTransport> transportsOfSrv() {
        return zone.server().queries().latest().stream()
                .filter(entry -> entry.type() == Type.SRV)
                .map(DnsQueryLog.Entry::transport)
                .toList();
    }

    @Test
    void readsEightSrvRecordsFromOneDatagramWithEdns() {
        assertThat(zone.found(RecordType.SRV).targets()).hasSize(8);
        assertThat(transportsOfSrv()).containsExactly(DnsTransport.UDP);
    }

    @Test
    void repeatsTheQueryOverTcpIfTheServerIgnoresEdns() {
        zone.server().fault(ignoringEdns(3));

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(found.targets()).hasSize(8);
        assertThat(found.warning()).isEmpty();
        assertThat(transportsOfSrv()).containsExactly(DnsTransport.UDP, DnsTransport.TCP);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP})
    void repeatsTheQueryWithoutEdnsIfTheServerRejectsIt(int rcode) {
        zone.server().fault(refusingEdns(rcode, true));

        assertThat(zone.found(RecordType.SRV).targets()).hasSize(8);
        assertThat(transportsOfSrv()).containsExactly(DnsTransport.UDP, DnsTransport.UDP, DnsTransport.TCP);
    }

    @Test
    void repeatsTheQueryWithoutEdnsIfTheServerRejectsItWithAHeaderAlone() {
        zone.server().fault(refusingEdns(Rcode.FORMERR, false));

        assertThat(zone.found(RecordType.SRV).targets()).hasSize(8);
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpMode.class,
            names = {"REFUSING", "HANGING", "CLOSING"})
    void usesTheTruncatedAnswerWhileTcpIs(TcpMode mode) {
        zone.server().fault(ignoringEdns(3));
        zone.server().tcp(mode);

        long started = System.nanoTime();
        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(found.targets()).hasSize(3);
        assertThat(found.complete()).isFalse();
        assertThat(found.warning()).contains("allow TCP port 53");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpMode.class,
            names = {"REFUSING", "HANGING", "CLOSING"})
    void doesNotTakeAnAnswerTruncatedBeforeItsFirstRecordForAbsentWhileTcpIs(TcpMode mode) {
        zone.server().fault(ignoringEdns(0));
        zone.server().tcp(mode);

        assertThat(zone.resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        failed -> assertThat(failed.explanation()).contains("truncated", "allow TCP port 53"));
    }

    @Test
    void queriesTheNextNameserverIfATruncatedAnswerHasNoRecord() {
        zone.server().fault(ignoringEdns(0));
        zone.server().tcp(TcpMode.REFUSING);
        try (ZoneServer second = new ZoneServer().with("stock", 60, Type.A, "10.0.1.2")) {
            zone.with("stock", 60, Type.A, "10.0.1.1");
            for (int more = 1; more < 40; more++) {
                zone.with("stock", 60, Type.A, "10.0.2." + more);
            }

            Resolution resolution = new DnsResolver(
                            Nameservers.of(List.of(zone.address(), second.address())),
                            RecordType.A,
                            ZoneServer.IPV4,
                            CloudMap.MAX_RECORDS,
                            System::nanoTime)
                    .resolve(ZoneServer.STOCK, ZoneServer.URL_PORT);

            assertThat(ZoneServer.endpoints(resolution)).containsExactly("10.0.1.2:80");
        }
    }

    /** Answers as a server without EDNS (RFC 6891): at most 512 bytes over UDP, and a number of records in them. */
    private static DnsFault ignoringEdns(int kept) {
        return exchange -> {
            Message answer = exchange.correctAnswer().clone();
            answer.removeAllRecords(Section.ADDITIONAL);
            if (exchange.transport() == DnsTransport.TCP || answer.toWire().length <= WITHOUT_EDNS) {
                return List.of(DnsReply.of(answer.toWire()));
            }
            var records = List.copyOf(answer.getSection(Section.ANSWER));
            answer.removeAllRecords(Section.ANSWER);
            records.stream().limit(kept).forEach(record -> answer.addRecord(record, Section.ANSWER));
            answer.getHeader().setFlag(Flags.TC);
            return List.of(DnsReply.of(answer.toWire()));
        };
    }

    private static DnsFault refusingEdns(int rcode, boolean withQuestion) {
        return exchange -> {
            if (exchange.query().getOPT() == null) {
                return ignoringEdns(3).replies(exchange);
            }
            Message error = new Message(exchange.query().getHeader().getID());
            error.getHeader().setFlag(Flags.QR);
            error.getHeader().setRcode(rcode);
            if (withQuestion) {
                error.addRecord(exchange.query().getQuestion(), Section.QUESTION);
            }
            return List.of(DnsReply.of(error.toWire()));
        };
    }
}
