package dev.tradingplatform.discovery.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.RecordType;
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

/** Scenario: eight SRV records with names as ECS gives them, through servers and networks of all ages. */
class TruncatedAnswerTest {

    private static final int WITHOUT_EDNS = 512;

    private final Zone zone = new Zone();

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
    void takesEightSrvRecordsInOneDatagramWithEdns() {
        assertThat(zone.found(RecordType.SRV).targets()).hasSize(8);
        assertThat(transportsOfSrv()).containsExactly(DnsTransport.UDP);
    }

    @Test
    void fetchesTheWholeOverTcpFromAServerThatIgnoresEdns() {
        zone.server().fault(ignoringEdns(3));

        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(found.targets()).hasSize(8);
        assertThat(found.remark()).isEmpty();
        assertThat(transportsOfSrv()).containsExactly(DnsTransport.UDP, DnsTransport.TCP);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.FORMERR, Rcode.NOTIMP})
    void asksAgainWithoutEdnsWhereItIsAnError(int rcode) {
        zone.server().fault(refusingEdns(rcode, true));

        assertThat(zone.found(RecordType.SRV).targets()).hasSize(8);
        assertThat(transportsOfSrv()).containsExactly(DnsTransport.UDP, DnsTransport.UDP, DnsTransport.TCP);
    }

    @Test
    void asksAgainWithoutEdnsWhereTheErrorIsABareHeader() {
        zone.server().fault(refusingEdns(Rcode.FORMERR, false));

        assertThat(zone.found(RecordType.SRV).targets()).hasSize(8);
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpMode.class,
            names = {"REFUSING", "HANGING", "CLOSING"})
    void usesThePartThatCameWhileTcpIs(TcpMode mode) {
        zone.server().fault(ignoringEdns(3));
        zone.server().tcp(mode);

        long begun = System.nanoTime();
        Resolution.Found found = zone.found(RecordType.SRV);

        assertThat(found.targets()).hasSize(3);
        assertThat(found.complete()).isFalse();
        assertThat(found.remark()).contains("allow TCP 53");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpMode.class,
            names = {"REFUSING", "HANGING", "CLOSING"})
    void doesNotMistakeAnAnswerCutOffBeforeItsFirstRecordForNothingWhileTcpIs(TcpMode mode) {
        zone.server().fault(ignoringEdns(0));
        zone.server().tcp(mode);

        assertThat(zone.resolve(RecordType.SRV))
                .isInstanceOfSatisfying(
                        Resolution.Unavailable.class,
                        nobody -> assertThat(nobody.explanation()).contains("cut off", "allow TCP 53"));
    }

    @Test
    void asksTheNextNameserverWhereNothingCameOfATruncatedAnswer() {
        zone.server().fault(ignoringEdns(0));
        zone.server().tcp(TcpMode.REFUSING);
        try (Zone second = new Zone().with("stock", 60, Type.A, "10.0.1.2")) {
            zone.with("stock", 60, Type.A, "10.0.1.1");
            for (int more = 1; more < 40; more++) {
                zone.with("stock", 60, Type.A, "10.0.2." + more);
            }

            Resolution resolution = new DnsResolver(
                            Nameservers.of(List.of(zone.address(), second.address())),
                            RecordType.A,
                            new AddressPolicy(false),
                            System::nanoTime)
                    .resolve(Zone.STOCK, Zone.URL_PORT);

            assertThat(Zone.endpoints(resolution)).containsExactly("10.0.1.2:80");
        }
    }

    /** As a server from before 1999: at most 512 bytes over UDP, of which so many records. */
    private static DnsFault ignoringEdns(int kept) {
        return exchange -> {
            Message answer = exchange.truth().clone();
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
