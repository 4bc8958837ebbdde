package dev.tradingplatform.discovery.test;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

class DnsServerTest {

    private static final String NAME = "stock-service.trading-platform.local.";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final CloudMap cloudMap = CloudMap.of(CloudMapNamespace.of("trading-platform.local"));
    private DnsServer server;
    private DnsProbe probe;

    DnsServerTest() throws IOException {
        server = DnsServer.start(cloudMap);
        probe = new DnsProbe(server.address());
    }

    @BeforeEach
    void registerEightInstances() throws IOException {
        for (int n = 1; n <= 8; n++) {
            cloudMap.register(
                    "stock-service",
                    "0123456789abcdef0123456789abcde" + n,
                    InetAddress.getByAddress(new byte[] {10, 0, 1, (byte) n}),
                    80);
        }
    }

    @AfterEach
    void close() {
        probe.close();
        server.close();
    }

    @Test
    void answersOverUdpAndTcpOnTheSamePort() throws IOException {
        Message query = DnsProbe.query(NAME, Type.A);

        assertThat(probe.udp(query).getSection(Section.ANSWER)).hasSize(8);
        assertThat(probe.tcp(query).getSection(Section.ANSWER)).hasSize(8);
        assertThat(probe.tcp(query).getHeader().getID())
                .isEqualTo(query.getHeader().getID());
    }

    @Test
    void answersSeveralQueriesOnOneConnection() throws IOException {
        try (Socket connection =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            for (int n = 0; n < 3; n++) {
                assertThat(DnsProbe.tcp(connection, DnsProbe.query(NAME, Type.SRV))
                                .getSection(Section.ANSWER))
                        .hasSize(8);
            }
        }
    }

    @Test
    void truncatesTo512BytesWithoutEdns() throws IOException {
        byte[] wire = probe.udpBytes(DnsProbe.query(NAME, Type.SRV).toWire());

        Message answer = new Message(wire);
        assertThat(wire).hasSizeLessThanOrEqualTo(512);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isTrue();
        assertThat(answer.getSection(Section.ANSWER)).isEmpty();
        assertThat(answer.getOPT()).isNull();
    }

    @Test
    void fillsTheSizeThatEdnsAllowsWithoutTruncatingForAdditionalRecords() throws IOException {
        Message query = DnsProbe.query(NAME, Type.SRV);
        query.addRecord(new OPTRecord(1232, 0, 0), Section.ADDITIONAL);

        byte[] wire = probe.udpBytes(query.toWire());

        Message answer = new Message(wire);
        assertThat(wire).hasSizeBetween(513, 1232);
        assertThat(answer.getHeader().getFlag(Flags.TC)).isFalse();
        assertThat(answer.getSection(Section.ANSWER)).hasSize(8);
        assertThat(answer.getOPT().getPayloadSize()).isEqualTo(1232);
    }

    @Test
    void answersBadVersionToAnUnknownVersionOfEdns() throws IOException {
        Message query = DnsProbe.query(NAME, Type.A);
        query.addRecord(new OPTRecord(1232, 0, 1), Section.ADDITIONAL);

        assertThat(probe.udp(query).getRcode()).isEqualTo(Rcode.BADVERS);
    }

    @Test
    void answersFormatErrorToGarbageAndContinues() throws IOException {
        byte[] random = new byte[300];
        new Random(7).nextBytes(random);
        random[2] = 0; // the header of an ordinary query that is not truncated
        byte[] query = DnsProbe.query(NAME, Type.A).toWire();

        probe.send(new byte[0]);
        probe.send(new byte[] {1, 2, 3});
        Message formatError = new Message(probe.udpBytes(random));
        Message cutShort = new Message(probe.udpBytes(Arrays.copyOf(query, query.length - 3)));

        assertThat(formatError.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(cutShort.getRcode()).isEqualTo(Rcode.FORMERR);
        assertThat(probe.udp(DnsProbe.query(NAME, Type.A)).getSection(Section.ANSWER))
                .hasSize(8);
    }

    @Test
    void neverAnswersAResponse() throws IOException {
        Message response = DnsProbe.query(NAME, Type.A);
        response.getHeader().setFlag(Flags.QR);

        probe.send(response.toWire());

        // An answer to the response would arrive before this one.
        Message query = DnsProbe.query(NAME, Type.SRV);
        assertThat(probe.udp(query).getHeader().getID())
                .isEqualTo(query.getHeader().getID());
        assertThat(server.queries().count()).isEqualTo(1);
    }

    @Test
    void answersServfailWhenTheHandlerThrows() throws IOException {
        try (DnsServer broken = DnsServer.start(query -> {
                    throw new IllegalStateException("broken on purpose");
                });
                DnsProbe client = new DnsProbe(broken.address())) {
            assertThat(client.udp(DnsProbe.query(NAME, Type.A)).getRcode()).isEqualTo(Rcode.SERVFAIL);
        }
    }

    @Test
    void countsQueriesByNameAndType() throws IOException {
        probe.udp(DnsProbe.query(NAME, Type.A));
        probe.tcp(DnsProbe.query(NAME.toUpperCase(Locale.ROOT), Type.A));
        server.fault(DnsFault.rcode(Rcode.REFUSED));
        probe.udp(DnsProbe.query(NAME, Type.SRV));

        assertThat(server.queries().count("stock-service.trading-platform.local", Type.A))
                .isEqualTo(2);
        assertThat(server.queries().count(NAME, Type.SRV)).isEqualTo(1);
        assertThat(server.queries().count()).isEqualTo(3);
        assertThat(server.queries().latest())
                .extracting(DnsQueryLog.Entry::transport)
                .containsExactly(DnsTransport.UDP, DnsTransport.TCP, DnsTransport.UDP);
    }

    @Test
    void refusesTcpConnectionsUntilItServesAgainOnTheSamePort() throws IOException {
        Message query = DnsProbe.query(NAME, Type.A);

        server.tcp(TcpMode.REFUSING);
        assertThatThrownBy(() -> probe.tcp(query)).isInstanceOf(ConnectException.class);
        assertThat(probe.udp(query).getSection(Section.ANSWER)).hasSize(8);
        server.tcp(TcpMode.SERVING);

        assertThat(probe.tcp(query).getSection(Section.ANSWER)).hasSize(8);
    }

    @Test
    void keepsItsPortWhileItRefusesTcpConnections() {
        server.tcp(TcpMode.REFUSING);

        assertThatThrownBy(() -> {
                    try (ServerSocket other = new ServerSocket()) {
                        other.setReuseAddress(false);
                        other.bind(server.address());
                    }
                })
                .isInstanceOf(BindException.class);
    }

    @Test
    void replacesItsHandler() throws IOException {
        server.handler(query -> DnsHandler.response(query, Rcode.REFUSED));

        assertThat(probe.udp(DnsProbe.query(NAME, Type.A)).getRcode()).isEqualTo(Rcode.REFUSED);
        assertThat(probe.tcp(DnsProbe.query(NAME, Type.A)).getRcode()).isEqualTo(Rcode.REFUSED);
    }

    @Test
    void writesItsAddressAsConfigurationsExpectIt() {
        assertThat(server.nameserver())
                .isEqualTo("127.0.0.1:" + server.address().getPort());
    }

    @Test
    void hangsOnTcp() {
        server.tcp(TcpMode.HANGING);

        assertThatThrownBy(() -> probe.tcp(DnsProbe.query(NAME, Type.A), ofMillis(200)))
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void closesTcpConnections() {
        server.tcp(TcpMode.CLOSING);

        assertThatThrownBy(() -> probe.tcp(DnsProbe.query(NAME, Type.A)))
                .isInstanceOfAny(EOFException.class, SocketException.class);
    }

    @Test
    void reportsThatAPortIsInUse() {
        assertThatThrownBy(() -> DnsServer.start(LOOPBACK, server.address().getPort(), cloudMap))
                .isInstanceOf(BindException.class);
    }

    @Test
    void endsItsThreadsAndReleasesItsPortOnClose() throws IOException {
        Socket idle = new Socket(server.address().getAddress(), server.address().getPort());
        DnsProbe.tcp(idle, DnsProbe.query(NAME, Type.A));
        server.fault(DnsFault.none().delayed(ofSeconds(60)));
        probe.send(DnsProbe.query(NAME, Type.A).toWire());
        int port = server.address().getPort();

        server.close(); // waits for its threads: with one of them left, the test would hang here

        try (idle) {
            assertThat(idle.getInputStream().read()).isEqualTo(-1);
        }
        server = DnsServer.start(LOOPBACK, port, cloudMap);
        assertThat(server.address().getPort()).isEqualTo(port);
    }
}
