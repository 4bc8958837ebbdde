package dev.tradingplatform.discovery.test;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BackendTlsTest {

    private static final String SERVICE = "stock-service.trading-platform.local";
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final TestCertificates authority = TestCertificates.create();
    private final Backend backend = Backend.startTls(LOOPBACK, 0, authority.context(authority.issue(SERVICE)));

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void recordsTheNameThatTheClientSends() throws IOException {
        try (HttpProbe client = connect(authority.context(), SERVICE)) {
            assertThat(client.get("/").body()).isEqualTo(backend.name());
            assertThat(client.get("/").body()).isEqualTo(backend.name());
        }

        assertThat(backend.executed())
                .extracting(request -> request.connection().serverName().orElse("none"))
                .containsExactly(SERVICE, SERVICE);
        assertThat(backend.executed())
                .allSatisfy(
                        request -> assertThat(request.connection().clientName()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void recordsTheClientCertificateThatItRequires(String protocol) throws IOException {
        backend.requireClientCertificate();

        try (HttpProbe client = connect(authority.context(authority.issue("signal-service")), SERVICE, protocol)) {
            client.get("/").body();
        }

        assertThat(backend.executed().getFirst().connection().clientName()).contains("CN=signal-service");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void refusesClientsWithoutTheCertificateThatItRequires(String protocol) {
        backend.requireClientCertificate();

        assertThatThrownBy(() -> call(authority.context(), SERVICE, protocol)).isInstanceOf(IOException.class);
        awaitFailedHandshake();
    }

    @Test
    void refusesClientCertificatesOfAnotherAuthority() {
        backend.requireClientCertificate();
        TestCertificates other = TestCertificates.create();
        SSLContext stranger = authority.context(other.issue("signal-service"));

        assertThatThrownBy(() -> call(stranger, SERVICE, "TLSv1.3")).isInstanceOf(IOException.class);
        awaitFailedHandshake();
    }

    @Test
    void isRefusedByClientsThatExpectAnotherName() {
        assertThatThrownBy(() -> call(authority.context(), "other-service.trading-platform.local", "TLSv1.3"))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("other-service.trading-platform.local");
        awaitFailedHandshake();
    }

    @Test
    void isRefusedByClientsThatDoNotTrustItsAuthority() {
        assertThatThrownBy(() -> call(TestCertificates.create().context(), SERVICE, "TLSv1.3"))
                .isInstanceOf(SSLException.class);
        awaitFailedHandshake();
    }

    @Test
    void delaysHandshakes() {
        backend.delayHandshake(BackendBehaviour.FOREVER);

        assertThatThrownBy(() -> {
                    try (SSLSocket socket = socket(authority.context(), SERVICE, "TLSv1.3")) {
                        socket.setSoTimeout(200);
                        socket.startHandshake();
                    }
                })
                .isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void breaksConnectionsWithoutTheEndOfTls() throws IOException {
        backend.behave(BackendBehaviour.breakingInTheMiddle());

        try (HttpProbe client = connect(authority.context(), SERVICE)) {
            client.get("/");

            assertThatThrownBy(() -> {
                        client.head();
                        client.text(1_000);
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void closesIdleConnectionsWithTheEndOfTls() throws IOException {
        try (HttpProbe client = connect(authority.context(), SERVICE)) {
            client.get("/").body();

            backend.closeIdleConnections();

            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void answersBeforeTheBodyAndClosesHalf() throws IOException {
        backend.behave(BackendBehaviour.answeringEarly(413, "too large", BackendBehaviour.FOREVER));

        try (HttpProbe client = connect(authority.context(), SERVICE)) {
            client.send("POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");

            assertThat(client.head()).startsWith("HTTP/1.1 413 ");
            assertThat(client.text(9)).isEqualTo("too large");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void answers400ToTlsWhereItServesPlainHttp() throws IOException {
        try (Backend plain = Backend.start()) {
            assertThatThrownBy(() -> connect(authority.context(), SERVICE, "TLSv1.3", plain.address()))
                    .isInstanceOf(SSLException.class);
            assertThat(plain.executed()).isEmpty();
        }
    }

    private void awaitFailedHandshake() {
        Awaitility.await().atMost(ofSeconds(10)).until(() -> backend.failedHandshakes() == 1);
        assertThat(backend.received()).isEmpty();
    }

    private String call(SSLContext context, String name, String protocol) throws IOException {
        try (HttpProbe client = connect(context, name, protocol)) {
            return client.get("/").body();
        }
    }

    private HttpProbe connect(SSLContext context, String name) throws IOException {
        return connect(context, name, "TLSv1.3");
    }

    private HttpProbe connect(SSLContext context, String name, String protocol) throws IOException {
        return connect(context, name, protocol, backend.address());
    }

    private static HttpProbe connect(SSLContext context, String name, String protocol, InetSocketAddress server)
            throws IOException {
        SSLSocket socket = socket(context, name, protocol, server);
        socket.setSoTimeout(5_000);
        try {
            socket.startHandshake();
            return new HttpProbe(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private SSLSocket socket(SSLContext context, String name, String protocol) throws IOException {
        return socket(context, name, protocol, backend.address());
    }

    /** Sends the name and checks that the certificate has it, as an HTTPS client does. */
    private static SSLSocket socket(SSLContext context, String name, String protocol, InetSocketAddress server)
            throws IOException {
        Socket plain = new Socket(server.getAddress(), server.getPort());
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, server.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        return socket;
    }
}
