package dev.tradingplatform.discovery.test;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackendBehaviourTest {

    private final Backend backend = Backend.start();
    private final HttpProbe client;

    BackendBehaviourTest() throws IOException {
        client = new HttpProbe(backend.address());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        backend.close();
    }

    @Test
    void answersWithStatusReasonBodyAndHeaders() throws IOException {
        backend.behave(BackendBehaviour.answering(503, "größer", "Retry-After: 20", "X-Mine: 1"));

        String head = client.get("/").head();

        assertThat(head)
                .isEqualTo(
                        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 8\r\nRetry-After: 20\r\nX-Mine: 1\r\n\r\n");
        assertThat(client.text(8)).isEqualTo("größer");
    }

    @Test
    void answersCompressed() throws IOException {
        backend.behave(BackendBehaviour.answeringGzip(200, "x".repeat(1_000), "Content-Type: text/plain"));

        HttpResponse<byte[]> response = send("/", BodyHandlers.ofByteArray());

        assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(response.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(response.body()).hasSizeLessThan(100);
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
            assertThat(body.readAllBytes()).hasSize(1_000).containsOnly('x');
        }
    }

    @Test
    void redirects() throws IOException {
        backend.behave(BackendBehaviour.choosing(request -> request.path().equals("/new")
                ? BackendBehaviour.answering(200, "moved here")
                : BackendBehaviour.redirecting(302, "/new")));

        assertThat(client.get("/old").head())
                .startsWith("HTTP/1.1 302 Found\r\n")
                .contains("Location: /new\r\n");
        assertThat(client.get("/new").body()).isEqualTo("moved here");
    }

    @Test
    void sendsManyBytes() throws IOException {
        long length = 100_000_001;
        backend.behave(BackendBehaviour.answeringBytes(length));

        HttpResponse<Long> response = send(
                "/",
                info -> HttpResponse.BodySubscribers.mapping(HttpResponse.BodySubscribers.ofInputStream(), body -> {
                    try (body) {
                        return body.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        return -1L;
                    }
                }));

        assertThat(response.body()).isEqualTo(length);
    }

    @Test
    void sendsEachEventAtItsTime() throws IOException {
        backend.behave(BackendBehaviour.serverSentEvents(ofMillis(100), List.of("one", "two")));
        long start = System.nanoTime();

        String head = client.get("/").head();
        List<Duration> times = new ArrayList<>();
        String first = client.text("b\r\ndata: one\n\n\r\n".length());
        times.add(since(start));
        String second = client.text("b\r\ndata: two\n\n\r\n".length());
        times.add(since(start));

        assertThat(head).contains("Content-Type: text/event-stream\r\n", "Transfer-Encoding: chunked\r\n");
        assertThat(first).isEqualTo("b\r\ndata: one\n\n\r\n");
        assertThat(second).isEqualTo("b\r\ndata: two\n\n\r\n");
        assertThat(client.text(5)).isEqualTo("0\r\n\r\n");
        assertThat(times.get(0)).isGreaterThanOrEqualTo(ofMillis(100));
        assertThat(times.get(1)).isGreaterThanOrEqualTo(ofMillis(200));
    }

    @Test
    void answersBeforeTheBodyThenClosesHalfAndReadsNothing() throws IOException {
        backend.behave(BackendBehaviour.answeringEarly(413, "too large", ofMillis(300)));
        long start = System.nanoTime();

        client.send("POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");
        String head = client.head();
        String body = client.text(9);
        boolean halfClosed = client.atEnd();
        assertThatThrownBy(() -> {
                    while (true) {
                        client.send("x".repeat(1_000));
                    }
                })
                .isInstanceOf(SocketException.class);

        assertThat(head).startsWith("HTTP/1.1 413 ").contains("Connection: close\r\n");
        assertThat(body).isEqualTo("too large");
        assertThat(halfClosed).isTrue();
        assertThat(since(start)).isGreaterThanOrEqualTo(ofMillis(300));
        assertThat(backend.received()).extracting(BackendRequest::method).containsExactly("POST");
        assertThat(backend.executed()).isEmpty();
    }

    @Test
    void closesHalfOfTheConnectionLongBeforeTheRest() throws IOException {
        backend.behave(BackendBehaviour.answeringEarly(413, "too large", BackendBehaviour.FOREVER));

        client.send("POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n");

        assertThat(client.body()).isEqualTo("too large");
        assertThat(client.atEnd()).isTrue();
        client.send("x".repeat(1_000));
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test
    void readsWhatABehaviourLeavesUnread() throws IOException {
        backend.behave(connection -> connection.respond(200, new byte[0]));

        client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc");

        assertThat(client.body()).isEmpty();
        assertThat(client.get("/next").body()).isEmpty();
        assertThat(backend.received()).extracting(BackendRequest::path).containsExactly("/", "/next");
    }

    @Test
    void answersBeforeTheBodyAndReadsOn() throws IOException {
        backend.behave(BackendBehaviour.answeringEarlyAndReadingOn(401, "no"));

        client.send("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\n");
        String early = client.body();
        client.send("abc");
        backend.behave(BackendBehaviour.answering(200, "next"));

        assertThat(early).isEqualTo("no");
        assertThat(client.get("/").body()).isEqualTo("next");
        assertThat(backend.executed()).extracting(BackendRequest::method).containsExactly("GET");
    }

    @Test
    void says100BeforeItReadsABodyThatIsAnnouncedWithExpect() throws IOException {
        client.send("PUT / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");

        String interim = client.head();
        client.send("abc");

        assertThat(interim).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
        assertThat(client.body()).isEqualTo(backend.name());
        assertThat(backend.executed()).extracting(BackendRequest::body).containsExactly("abc");
    }

    @Test
    void refusesABodyThatIsAnnouncedWithExpect() throws IOException {
        backend.behave(BackendBehaviour.answeringEarly(401, "no", Duration.ZERO));

        client.send("PUT / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");

        assertThat(client.head()).startsWith("HTTP/1.1 401 Unauthorized\r\n");
        assertThat(client.text(2)).isEqualTo("no");
        assertThat(client.atEnd()).isTrue();
    }

    @Test
    void waitsForTheBodyWithout100() throws IOException {
        backend.behave(BackendBehaviour.answering(200, "done").withoutContinue());

        client.send("PUT / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        boolean silent = client.isSilent(ofMillis(100));
        client.send("abc");

        assertThat(silent).isTrue();
        assertThat(client.body()).isEqualTo("done");
        client.send("PUT / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc");
        assertThat(client.body()).isEqualTo("done");
    }

    @Test
    void dripsHeadersBodyAndChunkSize() throws IOException {
        for (BackendBehaviour dripping : List.of(
                BackendBehaviour.drippingHeaders(ofMillis(5)),
                BackendBehaviour.drippingBody(ofMillis(5)),
                BackendBehaviour.drippingChunkSize(ofMillis(5)))) {
            backend.behave(dripping);
            try (HttpProbe patient = new HttpProbe(backend.address())) {
                patient.get("/");
                assertThat(patient.text(150)).endsWith("xxxxxxxxxx");
            }
        }
        assertThat(backend.executed()).hasSize(3);
    }

    @Test
    void readsNothingWhileItIsSilent() throws IOException {
        backend.behave(BackendBehaviour.silent());

        client.get("/");

        assertThat(client.isSilent(ofMillis(100))).isTrue();
        assertThat(backend.received()).isEmpty();
        assertThat(backend.connections()).isEqualTo(1);
    }

    @Test
    void freezesAfterItExecutedTheRequest() throws IOException {
        backend.behave(BackendBehaviour.freezingAfterExecution());

        client.get("/");

        assertThat(client.isSilent(ofMillis(100))).isTrue();
        assertThat(backend.executed()).hasSize(1);
    }

    @Test
    void freezesWithinTheBody() throws IOException {
        backend.behave(BackendBehaviour.freezingInTheMiddle());

        assertThat(client.get("/").head()).contains("Content-Length: 1000\r\n");
        assertThat(client.text(9)).isEqualTo("the begin");
        assertThat(client.isSilent(ofMillis(100))).isTrue();
    }

    @Test
    void resetsTheConnectionAfterItExecutedTheRequest() throws IOException {
        backend.behave(BackendBehaviour.breakingAfterExecution());

        client.get("/");

        assertThatThrownBy(client::head).isInstanceOf(SocketException.class);
        assertThat(backend.executed()).hasSize(1);
    }

    @Test
    void resetsTheConnectionWithinTheBody() throws IOException {
        backend.behave(BackendBehaviour.breakingInTheMiddle());

        client.get("/");

        assertThatThrownBy(() -> {
                    client.head();
                    client.text(1_000);
                })
                .isInstanceOf(SocketException.class);
    }

    @Test
    void answersLate() throws IOException {
        backend.behave(BackendBehaviour.answering(200, "late").after(ofMillis(200)));
        long start = System.nanoTime();

        String body = client.get("/").body();

        assertThat(body).isEqualTo("late");
        assertThat(since(start)).isGreaterThanOrEqualTo(ofMillis(200));
    }

    @Test
    void holdsAnswersUntilEnoughRequestsHaveArrivedAtAllBackends() throws IOException {
        BackendBehaviour held = BackendBehaviour.answering(200, "all").heldUntil(3, ofSeconds(20));
        backend.behave(held);
        try (Backend other = Backend.start().behave(held);
                HttpProbe second = new HttpProbe(other.address());
                HttpProbe third = new HttpProbe(backend.address())) {
            client.get("/");
            second.get("/");
            assertThat(client.isSilent(ofMillis(100))).isTrue();

            third.get("/");

            assertThat(client.body()).isEqualTo("all");
            assertThat(second.body()).isEqualTo("all");
            assertThat(third.body()).isEqualTo("all");
        }
    }

    @Test
    void holdsAnswersNoLongerThanTheGivenTime() throws IOException {
        backend.behave(BackendBehaviour.answering(200, "one").heldUntil(2, ofMillis(200)));
        long start = System.nanoTime();

        String body = client.get("/").body();

        assertThat(body).isEqualTo("one");
        assertThat(since(start)).isGreaterThanOrEqualTo(ofMillis(200));
    }

    @Test
    void servesRequestsInTurn() throws IOException {
        backend.behave(BackendBehaviour.inTurn(
                BackendBehaviour.answering(503, "first"),
                BackendBehaviour.answering(500, "second"),
                BackendBehaviour.answering(200, "last")));

        assertThat(IntStream.range(0, 4).mapToObj(n -> answer()).toList())
                .containsExactly("first", "second", "last", "last");
    }

    private String answer() {
        try {
            return client.get("/").body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void closesTheConnectionWithoutAnnouncement() throws IOException {
        backend.behave(BackendBehaviour.answering(200, "bye").thenClosing());

        assertThat(client.get("/").head()).doesNotContain("Connection");
        assertThat(client.text(3)).isEqualTo("bye");
        assertThat(client.atEnd()).isTrue();
    }

    @Test
    void letsTestsWriteTheirOwnFaults() throws IOException {
        backend.behave(connection -> {
            BackendRequest request = connection.execute();
            connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n"
                    + request.path().charAt(1));
            connection.closeOutput();
            return false;
        });

        assertThat(client.get("/x").head()).contains("Content-Length: 1\r\nContent-Length: 2\r\n");
        assertThat(client.text(5)).isEqualTo("x");
    }

    @Test
    void serves600RequestsAtOnce() {
        backend.behave(BackendBehaviour.answering(200, "x").heldUntil(600, ofSeconds(20)));

        try (HttpClient http = HttpClient.newHttpClient()) {
            List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 600)
                    .mapToObj(n -> http.sendAsync(request("/"), BodyHandlers.ofString()))
                    .toList();

            assertThat(calls)
                    .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        }
        assertThat(backend.executed()).hasSize(600);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private <T> HttpResponse<T> send(String path, HttpResponse.BodyHandler<T> handler) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request(path), handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://" + backend.name() + path))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }
}
