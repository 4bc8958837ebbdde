package dev.tradingplatform.discovery.test;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BackendTest {

    private final Backend backend = Backend.start();

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    void answersItsOwnNameAndKeepsTheConnection() throws IOException {
        try (HttpProbe client = new HttpProbe(backend.address())) {
            assertThat(client.get("/").head()).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(client.text(backend.name().length())).isEqualTo(backend.name());
            assertThat(client.get("/").body()).isEqualTo(backend.name());
        }
        assertThat(backend.accepted()).isEqualTo(1);
    }

    @Test
    void recordsRequests() throws IOException {
        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.send("POST /a%2Fb?x=1 HTTP/1.1\r\nHost: stock\r\nX-Mine: 1\r\nx-mine: 2\r\n"
                            + "Content-Length: 5\r\n\r\n12")
                    .send("345")
                    .body();
        }

        BackendRequest request = backend.executed().getFirst();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/a%2Fb?x=1");
        assertThat(request.header("Host")).isEqualTo("stock");
        assertThat(request.header("X-MINE")).isEqualTo("2");
        assertThat(request.headerValues("x-mine")).containsExactly("1", "2");
        assertThat(request.header("absent")).isEmpty();
        assertThat(request.body()).isEqualTo("12345");
        assertThat(request.bodyLength()).isEqualTo(5);
        assertThat(request.connection().number()).isEqualTo(1);
        assertThat(request.connection().serverName()).isEmpty();
    }

    @Test
    void decodesBodiesAsUtf8() throws IOException {
        byte[] body = "größer".getBytes(StandardCharsets.UTF_8);

        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.send("PUT / HTTP/1.1\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .send(body)
                    .body();
        }

        assertThat(backend.executed()).extracting(BackendRequest::body).containsExactly("größer");
    }

    @Test
    void readsChunkedBodiesWithExtensionsAndTrailers() throws IOException {
        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n")
                    .send("5;name=value\r\nhello\r\n")
                    .send("B\r\n, dear test\r\n")
                    .send("0\r\nTrailer: 1\r\n\r\n")
                    .body();
            assertThat(client.get("/next").body()).isEqualTo(backend.name());
        }

        assertThat(backend.executed()).extracting(BackendRequest::body).containsExactly("hello, dear test", "");
    }

    @Test
    void keepsTheBeginningOfALargeBodyAndTheDigestOfAllOfIt() throws IOException, GeneralSecurityException {
        byte[] piece = "0123456789abcdef".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        int pieces = 40;

        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.send("PUT /large HTTP/1.1\r\nContent-Length: " + (long) piece.length * pieces + "\r\n\r\n");
            for (int n = 0; n < pieces; n++) {
                client.send(piece);
                sha256.update(piece);
            }
            client.body();
        }

        BackendRequest request = backend.executed().getFirst();
        assertThat(request.bodyLength()).isEqualTo(40L << 20);
        assertThat(request.body()).hasSize(BackendRequest.MAX_BODY_KEPT).startsWith("0123456789abcdef");
        assertThat(request.bodySha256()).isEqualTo(HexFormat.of().formatHex(sha256.digest()));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1, Connection: close", "HTTP/1.0, Accept: */*"})
    void closesTheConnectionIfTheClientAsksForIt(String version, String header) throws IOException {
        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.send("GET / " + version + "\r\n" + header + "\r\n\r\n").body();

            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void closesTheConnectionIfTheResponseAnnouncesIt() throws IOException {
        backend.behave(BackendBehaviour.answering(200, "bye", "Connection: close"));

        try (HttpProbe client = new HttpProbe(backend.address())) {
            assertThat(client.get("/").head()).contains("Connection: close\r\n");
            assertThat(client.text(3)).isEqualTo("bye");
            assertThat(client.atEnd()).isTrue();
        }
    }

    @Test
    void sendsNoBodyWhereHttpHasNone() throws IOException {
        try (HttpProbe client = new HttpProbe(backend.address())) {
            String head = client.send("HEAD / HTTP/1.1\r\n\r\n").head();
            backend.behave(BackendBehaviour.answering(204, "ignored"));
            String noContent = client.get("/").head();
            backend.behave(BackendBehaviour.answering(304, "ignored", "Content-Length: 5000"));
            String notModified = client.get("/").head();
            backend.behave(BackendBehaviour.answering(200, "next"));

            assertThat(head).contains("Content-Length: " + backend.name().length());
            assertThat(noContent).startsWith("HTTP/1.1 204 No Content\r\n").doesNotContain("Content-Length");
            assertThat(notModified)
                    .startsWith("HTTP/1.1 304 Not Modified\r\n")
                    .containsOnlyOnce("Content-Length: 5000\r\n");
            assertThat(client.get("/").body()).isEqualTo("next");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001\u0002\u0000",
                "GARBAGE\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n"
            })
    void answers400ToBytesThatAreNotHttp(String bytes) throws IOException {
        try (HttpProbe client = new HttpProbe(backend.address())) {
            assertThat(client.send(bytes).head()).startsWith("HTTP/1.1 400 Bad Request\r\n");
        }
        assertThat(backend.executed()).isEmpty();
    }

    @Test
    void refusesConnectionsUntilItIsOpenedAgain() throws IOException {
        try (HttpProbe open = new HttpProbe(backend.address())) {
            open.get("/").body();

            backend.refuse();
            backend.refuse();

            assertThat(open.atEnd()).isTrue();
        }
        assertThatThrownBy(() -> new HttpProbe(backend.address())).isInstanceOf(ConnectException.class);

        backend.open();

        try (HttpProbe client = new HttpProbe(backend.address())) {
            assertThat(client.get("/").body()).isEqualTo(backend.name());
        }
    }

    @Test
    void keepsItsPortWhileItRefusesConnections() {
        backend.refuse();

        assertThatThrownBy(() -> {
                    try (ServerSocket other = new ServerSocket()) {
                        other.setReuseAddress(false);
                        other.bind(backend.address());
                    }
                })
                .isInstanceOf(BindException.class);
    }

    @Test
    void dropsConnectionsInABlackHoleUntilItIsOpenedAgain() throws IOException {
        assumeTrue(Files.exists(Path.of("/proc/sys/net/ipv4")), "only Linux drops what exceeds a listener's queue");
        backend.blackHole();

        try (Socket client = new Socket()) {
            assertThatThrownBy(() -> client.connect(backend.address(), 300)).isInstanceOf(SocketTimeoutException.class);
        }

        backend.open();
        try (HttpProbe client = new HttpProbe(backend.address())) {
            assertThat(client.get("/").body()).isEqualTo(backend.name());
        }
    }

    @Test
    void closesConnectionsThatAreIdleForTooLong() throws IOException {
        backend.closeIdleAfter(ofMillis(50));

        try (HttpProbe fresh = new HttpProbe(backend.address());
                HttpProbe used = new HttpProbe(backend.address())) {
            used.get("/").body();

            assertThat(fresh.atEnd()).isTrue();
            assertThat(used.atEnd()).isTrue();
        }
    }

    @Test
    void closesIdleConnectionsAtOnceAndOthersAfterTheirResponse() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        try (HttpProbe idle = new HttpProbe(backend.address());
                HttpProbe inFlight = new HttpProbe(backend.address())) {
            idle.get("/").body();
            backend.behave(connection -> {
                connection.execute();
                begun.countDown();
                await(end);
                return connection.respond(200, new byte[0]);
            });
            inFlight.get("/");
            await(begun);

            backend.closeIdleConnections();

            assertThat(idle.atEnd()).isTrue();
            end.countDown();
            assertThat(inFlight.body()).isEmpty();
            assertThat(inFlight.atEnd()).isTrue();
        }
    }

    @Test
    void breaksRequestsInFlightWhenItClosesAllConnections() throws IOException {
        backend.behave(BackendBehaviour.freezingAfterExecution());
        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.get("/");
            assertThat(client.isSilent(ofMillis(100))).isTrue();

            backend.closeConnections();

            assertThat(client.atEnd()).isTrue();
        }
        backend.behave(BackendBehaviour.answering(200, "again"));
        try (HttpProbe client = new HttpProbe(backend.address())) {
            assertThat(client.get("/").body()).isEqualTo("again");
        }
    }

    @Test
    void countsOpenConnections() throws IOException {
        try (HttpProbe one = new HttpProbe(backend.address());
                HttpProbe two = new HttpProbe(backend.address())) {
            one.get("/").body();
            two.get("/").body();

            assertThat(backend.connections()).isEqualTo(2);
            assertThat(backend.executed())
                    .extracting(request -> request.connection().number())
                    .containsExactlyInAnyOrder(1L, 2L);
        }
        Awaitility.await().atMost(ofSeconds(10)).until(() -> backend.connections() == 0);
    }

    @Test
    void removesRecordedRequests() throws IOException {
        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.get("/").body();
        }
        assertThat(backend.executed()).hasSize(1);
        assertThat(backend.received()).hasSize(1);

        backend.clearRequests();

        assertThat(backend.executed()).isEmpty();
        assertThat(backend.received()).isEmpty();
    }

    @Test
    void closesTheConnectionWhenABehaviourFails() throws IOException {
        backend.behave(connection -> {
            throw new IllegalStateException("on purpose, by a test");
        });
        try (HttpProbe client = new HttpProbe(backend.address())) {
            client.get("/");
            assertThatThrownBy(client::head).isInstanceOfAny(IOException.class);
        }
        backend.behave(BackendBehaviour.answering(200, "again"));
        try (HttpProbe client = new HttpProbe(backend.address())) {
            assertThat(client.get("/").body()).isEqualTo("again");
        }
    }

    @Test
    void listensOnIpv6() throws IOException {
        byte[] address = new byte[16];
        address[15] = 1;
        InetAddress loopback = InetAddress.getByAddress(address);
        assumeTrue(hasAddress(loopback), "this machine has no IPv6");

        try (Backend ipv6 = Backend.start(loopback, 0);
                HttpProbe client = new HttpProbe(ipv6.address())) {
            assertThat(client.get("/").body())
                    .isEqualTo("[0:0:0:0:0:0:0:1]:" + ipv6.address().getPort());
        }
    }

    @Test
    @Timeout(4)
    void closesWithoutWaitingForItsFaults() throws IOException {
        backend.behave(BackendBehaviour.silent());
        try (HttpProbe one = new HttpProbe(backend.address());
                HttpProbe two = new HttpProbe(backend.address())) {
            one.get("/");
            assertThat(one.isSilent(ofMillis(50))).isTrue();
            backend.behave(BackendBehaviour.answering(200, "x").heldUntil(2, ofSeconds(60)));
            two.get("/");
            assertThat(two.isSilent(ofMillis(50))).isTrue();

            backend.close();
            backend.close();

            assertThatThrownBy(() -> {
                        one.head();
                        two.head();
                    })
                    .isInstanceOfAny(IOException.class, SocketException.class);
        }
        assertThatThrownBy(backend::open).isInstanceOf(IllegalStateException.class);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean hasAddress(InetAddress address) {
        try (ServerSocket socket = new ServerSocket(0, 1, address)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
