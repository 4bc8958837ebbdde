package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.endpoint.EndpointStatus;
import dev.tradingplatform.discovery.testkit.CloudMap;
import dev.tradingplatform.discovery.testkit.CloudMapNamespace;
import dev.tradingplatform.discovery.testkit.DnsServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** https to addresses from DNS: it is the service's name that the server is told and that its certificate must have. */
class TlsTest {

    /** Whole, for the JDK names no host without a dot to the server (RFC 6066 §3 wants it fully qualified). */
    private static final String SERVICE = "stock-service.trading-platform.local";

    private static final String PASSWORD = "changeit";
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private final CloudMap cloudMap = new CloudMap(CloudMapNamespace.of("trading-platform.local"), new Random(1));
    private final List<ServerSocket> listeners = new ArrayList<>();
    private final Queue<String> namesTold = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path keys;

    private DnsServer dns;
    private volatile Duration pauseBeforeHandshake = Duration.ZERO;

    @BeforeEach
    void start() throws IOException {
        dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty(TRUST_STORE);
        System.clearProperty(TRUST_STORE + "Password");
        dns.close();
        for (ServerSocket listener : listeners) {
            listener.close();
        }
    }

    @Test
    void tellsTheServerTheServicesNameAndAcceptsItsCertificate() throws Exception {
        serve("task1", SERVICE);

        try (ServiceClient client = client()) {
            assertThat(get(client)).isEqualTo(SERVICE);
        }
        assertThat(namesTold).containsExactly(SERVICE);
    }

    @Test
    void callsNobodyWhoseCertificateIsForAnotherServiceThatGotTheAddress() throws Exception {
        serve("task1", "other-service");
        serve("task2", SERVICE);

        try (ServiceClient client = client()) {
            for (int call = 0; call < 20; call++) {
                assertThat(get(client)).isEqualTo(SERVICE);
            }
            assertThat(client.status().getFirst().endpoints())
                    .extracting(EndpointStatus::reason)
                    .contains("another service answers there");
        }
    }

    @Test
    void sendsNothingWhenNobodyHasTheRightCertificate() throws Exception {
        serve("task1", "other-service");

        try (ServiceClient client = client()) {
            assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                    .isThrownBy(() -> get(client))
                    .withMessageContaining(SERVICE);
        }
        assertThat(namesTold).isEmpty();
    }

    /** What becomes of a connection that was accepted and began a handshake. */
    enum Begun {
        FROZEN,
        PLAIN_HTTP
    }

    @ParameterizedTest
    @EnumSource(Begun.class)
    void isNotMisledByAConnectionWhereNoHandshakeSucceeds(Begun begun) throws Exception {
        serve("task1", SERVICE);
        warmUp();
        AtomicInteger handshakes = listen("task2", begun);

        try (ServiceClient client = client()) {
            // Longer than three probes by connection; by a trial call it comes back after 4 s at the earliest.
            long end = System.nanoTime() + Duration.ofMillis(3_500).toNanos();
            Load.await(
                    () -> {
                        assertThat(get(client)).isEqualTo(SERVICE);
                        return System.nanoTime() - end > 0;
                    },
                    "no end");

            assertThat(handshakes).hasValue(1);
            assertThat(client.status().getFirst().endpoints())
                    .extracting(EndpointStatus::reason)
                    .contains("connection broken");
        }
    }

    @Test
    void waitsLongerForAHandshakeThanForAConnection() throws Exception {
        serve("task1", SERVICE);
        warmUp();
        pauseBeforeHandshake = Duration.ofMillis(400);

        try (ServiceClient client = client()) {
            assertThat(get(client)).isEqualTo(SERVICE);
        }
    }

    /** A JVM's first handshake takes a while, whose time is not that of any endpoint. */
    private void warmUp() {
        try (ServiceClient client = client()) {
            Load.await(() -> answers(client), "no handshake succeeds");
        }
    }

    private static boolean answers(ServiceClient client) {
        try {
            return get(client).equals(SERVICE);
        } catch (ServiceCallException cold) {
            return false;
        }
    }

    private AtomicInteger listen(String task, Begun begun) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listeners.add(listener);
        cloudMap.register("stock-service", task, listener.getInetAddress(), listener.getLocalPort());
        AtomicInteger handshakes = new AtomicInteger();
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try {
                    Socket socket = listener.accept();
                    Thread.ofVirtual().start(() -> end(socket, begun, handshakes));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        return handshakes;
    }

    private static void end(Socket socket, Begun begun, AtomicInteger handshakes) {
        try (socket) {
            if (socket.getInputStream().read() >= 0) {
                handshakes.incrementAndGet();
                if (begun == Begun.PLAIN_HTTP) {
                    socket.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
            while (begun == Begun.FROZEN && socket.getInputStream().read() >= 0) {
                // Until the client gives up.
            }
        } catch (IOException gone) {
            // As intended.
        }
    }

    private ServiceClient client() {
        System.setProperty(TRUST_STORE, keys.resolve("keys.p12").toString());
        System.setProperty(TRUST_STORE + "Password", PASSWORD);
        return ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
                .withNameservers("127.0.0.1:" + dns.address().getPort())
                .withLoopback());
    }

    private static String get(ServiceClient client) {
        try (ServiceResponse response = client.send(ServiceRequest.get("https://" + SERVICE + "/api"))) {
            return response.text();
        }
    }

    /** Starts a server that has a certificate for a name and answers with that. */
    private void serve(String task, String name) throws Exception {
        ServerSocket listener =
                context(name).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listeners.add(listener);
        cloudMap.register("stock-service", task, listener.getInetAddress(), listener.getLocalPort());
        Thread.ofVirtual().start(() -> {
            while (!listener.isClosed()) {
                try (SSLSocket socket = (SSLSocket) listener.accept()) {
                    answer(socket, name);
                } catch (IOException refusedOrClosed) {
                    // The next one.
                }
            }
        });
    }

    private void answer(SSLSocket socket, String name) throws IOException {
        Load.pause(pauseBeforeHandshake);
        socket.startHandshake();
        // A certificate that is refused shows only when something is read.
        if (socket.getInputStream().read() >= 0) {
            ((ExtendedSSLSession) socket.getSession())
                    .getRequestedServerNames()
                    .forEach(asked -> namesTold.add(new String(asked.getEncoded(), StandardCharsets.US_ASCII)));
            String answer =
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + name.length() + "\r\n\r\n" + name;
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** With a self-signed certificate, made by the JDK's own tool and trusted by {@link #client}. */
    private SSLContext context(String name) throws IOException, InterruptedException, GeneralSecurityException {
        File store = keys.resolve("keys.p12").toFile();
        int code = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(keys.resolve("keytool.log").toFile())
                .start()
                .waitFor();
        assertThat(code).isZero();
        KeyStore all = KeyStore.getInstance(store, PASSWORD.toCharArray());
        KeyStore one = KeyStore.getInstance("PKCS12");
        one.load(null, null);
        one.setEntry(
                name,
                all.getEntry(name, new KeyStore.PasswordProtection(PASSWORD.toCharArray())),
                new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(one, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), null, null);
        return context;
    }
}
