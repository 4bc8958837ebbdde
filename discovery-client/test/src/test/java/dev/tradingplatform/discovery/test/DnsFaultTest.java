package dev.tradingplatform.discovery.test;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsFaultTest {

    private static final String NAME = "stock-service.trading-platform.local.";

    private final DnsServer server;
    private final DnsProbe probe;
    private final Message query = DnsProbe.query(NAME, Type.A);

    DnsFaultTest() throws IOException {
        CloudMap cloudMap = CloudMap.of(CloudMapNamespace.of("trading-platform.local"));
        for (int n = 1; n <= 4; n++) {
            InetAddress ip = InetAddress.getByAddress(new byte[] {10, 0, 1, (byte) n});
            cloudMap.register("stock-service", "task-" + n, ip, 80);
        }
        server = DnsServer.start(cloudMap);
        probe = new DnsProbe(server.address());
    }

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void sendsNothingUntilTheFaultEnds() throws IOException {
        server.fault(DnsFault.silence());
        probe.send(query.toWire());
        assertThat(probe.next(ofMillis(150))).isEmpty();

        server.fault(DnsFault.none());

        assertThat(probe.udp(query).getSection(Section.ANSWER)).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {Rcode.SERVFAIL, Rcode.REFUSED, Rcode.NXDOMAIN})
    void answersAResponseCodeWithoutRecords(int rcode) throws IOException {
        server.fault(DnsFault.rcode(rcode));

        assertThat(probe.udp(query).getRcode()).isEqualTo(rcode);
        assertThat(probe.tcp(query).getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void answersNoData() throws IOException {
        server.fault(DnsFault.noData());

        assertThat(probe.udp(query).getRcode()).isEqualTo(Rcode.NOERROR);
        assertThat(probe.udp(query).getSection(Section.ANSWER)).isEmpty();
    }

    @Test
    void answersLate() throws IOException {
        server.fault(DnsFault.none().delayed(ofMillis(100)).delayed(ofMillis(200)));
        long start = System.nanoTime();

        Message answer = probe.udp(query);

        assertThat(answer.getSection(Section.ANSWER)).hasSize(4);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(ofMillis(300));
    }

    @Test
    void answersWithTheIdOfAnotherQueryThenWithTheCorrectAnswer() throws IOException {
        int id = query.getHeader().getID();
        server.fault(DnsFault.wrongId().thenCorrectAnswer());

        Message spoofed = probe.udp(query);
        Message correct = new Message(probe.next(Duration.ofSeconds(5)).orElseThrow());

        assertThat(spoofed.getHeader().getID()).isNotEqualTo(id);
        assertThat(correct.getHeader().getID()).isEqualTo(id);
    }

    @Test
    void answersAnotherQuestion() throws IOException {
        server.fault(DnsFault.wrongQuestion());

        assertThat(probe.udp(query).getQuestion().getName()).hasToString("other-question.invalid.");
    }

    @Test
    void answersWithoutTheResponseBit() throws IOException {
        server.fault(DnsFault.notAResponse());

        assertThat(probe.udp(query).getHeader().getFlag(Flags.QR)).isFalse();
    }

    @Test
    void answersUnderAForeignName() throws IOException {
        server.fault(DnsFault.foreignOwner("evil.example."));

        List<Record> records = probe.udp(query).getSection(Section.ANSWER);

        assertThat(records)
                .hasSize(4)
                .allSatisfy(record -> assertThat(record.getName()).hasToString("evil.example."));
        assertThat(records).extracting(Record::rdataToString).contains("10.0.1.1");
    }

    @Test
    void truncatesOverUdpOnly() throws IOException {
        server.fault(DnsFault.truncated());

        Message cut = probe.udp(query);

        assertThat(cut.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(cut.getSection(Section.ANSWER)).hasSize(2);
        assertThat(probe.tcp(query).getSection(Section.ANSWER)).hasSize(4);
    }

    @Test
    void answersGarbageAfterACorrectHeader() throws IOException {
        server.fault(DnsFault.garbage());

        byte[] wire = probe.udpBytes(query.toWire());

        assertThat(((wire[0] & 0xFF) << 8) | (wire[1] & 0xFF))
                .isEqualTo(query.getHeader().getID());
        assertThatThrownBy(() -> new Message(wire)).isInstanceOf(IOException.class);
    }

    @Test
    void answersSrvWithoutTheAddressesOfTheTargets() throws IOException {
        server.fault(DnsFault.withoutAdditional());

        Message answer = probe.udp(DnsProbe.query(NAME, Type.SRV));

        assertThat(answer.getSection(Section.ANSWER)).hasSize(4);
        assertThat(answer.getSection(Section.ADDITIONAL)).isEmpty();
    }

    @Test
    void appliesToTheSelectedQuestionsOnly() throws IOException {
        server.fault(DnsFault.rcode(Rcode.SERVFAIL).onlyFor(question -> question.getType() == Type.SRV));

        assertThat(probe.udp(query).getSection(Section.ANSWER)).hasSize(4);
        assertThat(probe.udp(DnsProbe.query(NAME, Type.SRV)).getRcode()).isEqualTo(Rcode.SERVFAIL);
    }
}
