package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files on their way from a browser to a replica, over real ports. */
@Timeout(60)
class ImportApiTest {

    private static final String CSV = "Date,Open,High,Low,Close,Volume\n2024-01-02,1,1,1,1,1\n";

    private final FakeStockService one = new FakeStockService();
    private final FakeStockService other = new FakeStockService();
    private final Platform platform = Platform.with(
            List.of(one, other), "signals.import.max-size=1MB", "signals.import.deadline=2s", "discovery.deadline=2s");

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void fileReachesOneReplicaAsItIsAndItsSummaryComesBack() {
        HttpResponse<String> answer = send(
                "imports/spy?timeframe=5m&mode=skip&onError=skip&onDuplicate=last&dryRun=true&zone=America/New_York"
                        + "&dateFormat=MM/dd/yyyy&decimal=comma",
                CSV,
                "Content-Type",
                "text/csv",
                "Authorization",
                "Bearer secret");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"received\":2,\"inserted\":2}");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        List<FakeStockService.Import> imports = imports();
        assertThat(imports).hasSize(1);
        FakeStockService.Import taken = imports.getFirst();
        assertThat(taken.body()).isEqualTo(CSV);
        assertThat(taken.uri()).startsWith("/api/v1/data/SPY?");
        assertThat(taken.uri().replaceFirst(".*\\?", "").split("&"))
                .containsExactlyInAnyOrder(
                        "timeframe=5m",
                        "mode=skip",
                        "onError=skip",
                        "onDuplicate=last",
                        "decimal=comma",
                        "dryRun=true",
                        "zone=America%2FNew_York",
                        "dateFormat=MM%2Fdd%2Fyyyy");
        assertThat(taken.headers())
                .containsEntry("Content-Type", "text/csv")
                .containsEntry("Authorization", "Bearer secret")
                .containsEntry("Discovery-Timeout-Ms", "2000");
        assertThat(answer.headers().firstValue("Source-Endpoint").orElseThrow()).isIn(endpoint(one), endpoint(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"type\":\"urn:problem:invalid-parameter\"}",
                "401 | {\"type\":\"urn:problem:unauthorized\"}",
                "409 | {\"type\":\"urn:problem:already-exists\"}",
                "415 | {\"type\":\"urn:problem:unsupported-media-type\"}",
                "422 | {\"type\":\"urn:problem:validation-failed\",\"errors\":[{\"line\":360,\"field\":\"volume\"}]}",
                "503 | {\"type\":\"urn:problem:storage-busy\"}",
                "507 | {\"type\":\"urn:problem:storage-full\"}"
            })
    void refusalsOfStockServiceComeBackAsTheyAre(int status, String problem) {
        one.answerWith(status, "application/problem+json", problem);
        other.answerWith(status, "application/problem+json", problem);

        HttpResponse<String> answer = send("imports/SPY", CSV, "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(problem);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(imports()).as("sent once").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void formIsPassedOnAsItIs(String type) {
        HttpResponse<String> answer = send("imports/SPY", CSV, "Content-Type", type);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(imports()).singleElement().satisfies(taken -> {
            assertThat(taken.body()).isEqualTo(CSV);
            assertThat(taken.headers().get("Content-Type")).isEqualTo(type);
        });
    }

    @Test
    void encodingOfTheFileIsPassedOn() {
        send("imports/SPY", CSV, "Content-Type", "text/csv", "Content-Encoding", "gzip");

        assertThat(imports())
                .singleElement()
                .satisfies(taken -> assertThat(taken.headers()).containsEntry("Content-Encoding", "gzip"));
    }

    @Test
    void fileThatSaysItIsTooLargeIs413AndNothingIsSent() {
        HttpResponse<String> answer = send("imports/SPY", "x".repeat(1_100_000), "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("urn:problem:payload-too-large", "1048576 bytes");
        assertThat(imports()).isEmpty();
    }

    @Test
    void fileThatTurnsOutToBeTooLargeOnTheWayIs413() {
        byte[] tooMuch = new byte[1_100_000];
        Arrays.fill(tooMuch, (byte) 'x');

        HttpResponse<String> answer = platform.send(
                platform.request("imports/SPY")
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofByteArrays(List.of(tooMuch)))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(imports()).as("complete ones").isEmpty();
    }

    @Test
    void refusalBeforeTheFileIsReadComesBackThoughTheFileIsLarge() {
        String problem = "{\"type\":\"urn:problem:payload-too-large\"}";
        one.answerWith(413, "application/problem+json", problem);
        other.answerWith(413, "application/problem+json", problem);

        HttpResponse<String> answer = send("imports/SPY", "x".repeat(900_000), "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo(problem);
    }

    @Test
    void deadReplicaIsPassedOverBeforeAnythingIsSent() {
        assertThat(send("imports/SPY", CSV, "Content-Type", "text/csv").statusCode())
                .isEqualTo(200);
        one.close();

        for (int i = 0; i < 10; i++) {
            assertThat(send("imports/SPY", CSV, "Content-Type", "text/csv").statusCode())
                    .isEqualTo(200);
        }

        assertThat(other.imports()).hasSizeGreaterThanOrEqualTo(10);
    }

    @Test
    void replicaThatDiesBeforeItAsksForTheFileIsPassedOver() throws IOException {
        try (ServerSocket dying = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread deaths = Thread.startVirtualThread(() -> endEachConnectionAfterItsHead(dying));
            replaceOneBy(dying);

            for (int i = 0; i < 10; i++) {
                assertThat(send("imports/SPY", CSV, "Content-Type", "text/csv").statusCode())
                        .isEqualTo(200);
            }

            assertThat(other.imports()).hasSize(10);
            assertThat(deaths.isAlive()).isTrue();
        }
    }

    @Test
    void frozenReplicaIsPassedOver() throws IOException {
        try (ServerSocket frozen = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            replaceOneBy(frozen);

            for (int i = 0; i < 4; i++) {
                assertThat(send("imports/SPY", CSV, "Content-Type", "text/csv").statusCode())
                        .isEqualTo(200);
            }

            assertThat(other.imports()).hasSize(4);
        }
    }

    private void replaceOneBy(ServerSocket replica) {
        platform.stopService();
        platform.deregisterAll();
        platform.register(replica.getLocalPort());
        platform.register(other);
        platform.startService();
    }

    @Test
    void withoutAnyReplicaItIs503NoEndpoint() {
        one.close();
        other.close();

        HttpResponse<String> answer = send("imports/SPY", CSV, "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("5");
        assertThat(answer.body()).contains("urn:problem:no-endpoint").doesNotContain("mayHaveBeenWritten");
    }

    @Test
    void replicaThatDiesWithTheFileIs502AndTheFileIsNotSentAgain() {
        one.cutConnections(true);
        other.cutConnections(true);

        HttpResponse<String> answer = send("imports/SPY", CSV, "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body())
                .contains("urn:problem:bad-upstream-answer", "\"mayHaveBeenWritten\":true", "it may have been written");
        assertThat(one.log().size() + other.log().size()).as("attempts").isEqualTo(1);
    }

    @Test
    void replicaThatNeverAnswersIs504() {
        CountDownLatch end = new CountDownLatch(1);
        one.beforeEachAnswer(() -> await(end));
        other.beforeEachAnswer(() -> await(end));

        HttpResponse<String> answer = send("imports/SPY", CSV, "Content-Type", "text/csv");
        end.countDown();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("urn:problem:upstream-timeout", "\"mayHaveBeenWritten\":true");
    }

    @Test
    void answerOfAnotherServiceIsNotDelivered() {
        one.answerAs("billing-service");
        other.answerAs("billing-service");

        HttpResponse<String> answer = send("imports/SPY", CSV, "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("another service answers there, billing-service");
    }

    @Test
    void answerThatIsNoJsonIs502() {
        one.answerWith(200, "text/html", "<p>Hello");
        other.answerWith(200, "text/html", "<p>Hello");

        HttpResponse<String> answer = send("imports/SPY", CSV, "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(answer.body()).contains("answered 200 with text/html");
    }

    @ParameterizedTest
    @CsvSource({"imports/=1, ticker", "imports/SPY?mod=skip, mod"})
    void badParameterIs400(String path, String parameter) {
        HttpResponse<String> answer = send(path, CSV, "Content-Type", "text/csv");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"parameter\":\"" + parameter + "\"");
        assertThat(imports()).isEmpty();
    }

    /** Its end would look like the end of the file. */
    @Test
    void chunksThatBreakOffAreNotImported() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
            socket.getOutputStream()
                    .write(("POST /api/v1/imports/SPY HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n35\r\n" + CSV + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 4");
        }

        assertThat(imports()).as("complete ones").isEmpty();
    }

    @Test
    void fileThatBreaksOffIsNotImported() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), platform.port())) {
            socket.getOutputStream()
                    .write(("POST /api/v1/imports/SPY HTTP/1.1\r\nHost: x\r\nContent-Type: text/csv\r\n"
                                    + "Content-Length: 1000\r\n\r\n" + CSV)
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 4");
        }

        assertThat(imports()).as("complete ones").isEmpty();
    }

    @Test
    void fileIsNotHeldButPassedOnAsItComes() throws Exception {
        try (ServerSocket replica = new ServerSocket(0);
                Platform large =
                        Platform.with(List.of(), "signals.stock-service=http://127.0.0.1:" + replica.getLocalPort())) {
            AtomicLong given = new AtomicLong();
            long size = 200L << 20;
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(() -> large.send(
                    large.request("imports/SPY")
                            .header("Content-Type", "text/csv")
                            .POST(BodyPublishers.fromPublisher(
                                    BodyPublishers.ofInputStream(() -> endless(size, given)), size))
                            .build(),
                    BodyHandlers.ofString()));
            try (Socket connection = replica.accept()) {
                InputStream in = connection.getInputStream();
                readHead(in);
                connection.getOutputStream().write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                in.readNBytes(1 << 20);

                assertThat(untilItStandsStill(given))
                        .as("taken from a client whose file is not read")
                        .isLessThan(64L << 20);

                in.skipNBytes(size - (1 << 20));
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
                                .getBytes(StandardCharsets.US_ASCII));
                assertThat(answer.get(30, TimeUnit.SECONDS).body()).isEqualTo("{}");
            }
        }
    }

    /** Buffers between two processes fill up within moments. */
    private static long untilItStandsStill(AtomicLong count) throws InterruptedException, ExecutionException {
        long before = -1;
        while (before != count.get()) {
            before = count.get();
            try {
                new CompletableFuture<Void>().get(500, TimeUnit.MILLISECONDS);
            } catch (TimeoutException passed) {
                assertThat(passed).isNotNull();
            }
        }
        return before;
    }

    private static void endEachConnectionAfterItsHead(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                readHead(connection.getInputStream());
            } catch (IOException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) in.read());
        }
        assertThat(head.toString()).startsWith("POST /api/v1/data/SPY HTTP/1.1").containsIgnoringCase("100-continue");
    }

    private static InputStream endless(long size, AtomicLong given) {
        return new InputStream() {
            @Override
            public int read() {
                return given.getAndIncrement() < size ? 'x' : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                long left = size - given.get();
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(length, left);
                Arrays.fill(bytes, offset, offset + read, (byte) 'x');
                given.addAndGet(read);
                return read;
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<FakeStockService.Import> imports() {
        return Stream.concat(one.imports().stream(), other.imports().stream()).toList();
    }

    private static String endpoint(FakeStockService replica) {
        return "127.0.0.1:" + replica.url().getPort();
    }

    private HttpResponse<String> send(String path, String body, String... headers) {
        return platform.send(
                platform.request(path)
                        .headers(headers)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
