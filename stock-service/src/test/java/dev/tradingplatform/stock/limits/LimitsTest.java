package dev.tradingplatform.stock.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.RawClient;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.util.Assert;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LimitsTest {

    private static final String HEADER = "timestamp,open,high,low,close,volume\n";
    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";
    private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n";

    /** Header of a request that is refused before its body of 1 MB is read. */
    private static final String UNREAD =
            "POST /api/v1/data/A HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n";

    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = StockServer.on(directory.resolve("stock.db"));
    }

    @AfterAll
    void stop() {
        running().close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "GET /api/v1/data/a|b HTTP/1.1; 400; bad-request",
                "GET /api/v1/data/a%5Cb HTTP/1.1; 400; bad-request",
                "GET /api/v1/data/a%00 HTTP/1.1; 400; bad-request",
                "GET /api/v1/data/a% HTTP/1.1; 400; bad-request",
                "TRACE /api/v1/tickers HTTP/1.1; 405; method-not-allowed",
                "GET /api/v1/tickers HTTP/9.9; 505; http-version-not-supported"
            })
    void saysWhoRefusesWhatTomcatItselfRefuses(String requestLine, int status, String type) {
        try (RawClient client = new RawClient(running().port())) {
            String answer = client.send(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    .answer();

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("X-Served-By: test", "Discovery-Service: stock-service")
                    .contains("Content-Type: application/problem+json", "urn:problem:" + type);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/data/a%2F, 400",
        "GET, /api/v1/data/a%2F..%2Fb, 400",
        "GET, /api/v1/data/a%2Fb, 404",
        "GET, /api/v1/data%2Fa, 404",
        "POST, /actuator%2Fbackup, 404",
        "GET, /api/v1/data/a;v=1, 400",
        "GET, /api//v1/tickers, 400",
        "GET, /api/v1/data/a%252Fb, 400",
        "GET, /api/v1/data/BRK%2EB, 404",
        "GET, /api/v1/data/q%C4%B1x, 400"
    })
    void answersEveryOddPathWithAProblemDocument(String method, String path, int status) {
        try (RawClient client = new RawClient(running().port())) {
            String answer = client.send(method + " " + path + HOST + "\r\n").answer();

            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status)
                    .contains("Content-Type: application/problem+json")
                    .doesNotContain("<html", "<!doctype");
        }
    }

    @Test
    void answers431ToAHeaderThatIsTooLargeOrHasTooManyFields() {
        try (RawClient large = new RawClient(running().port());
                RawClient many = new RawClient(running().port())) {
            String field = "X-Large: " + "a".repeat(9000) + "\r\n\r\n";
            String fields = "X-Many: 1\r\n".repeat(101) + "\r\n";

            assertThat(large.send("GET /api/v1/tickers" + HOST + field).answer())
                    .startsWith("HTTP/1.1 431")
                    .contains("urn:problem:request-header-fields-too-large");
            assertThat(many.send("GET /api/v1/tickers" + HOST + fields).answer())
                    .startsWith("HTTP/1.1 431");
        }
    }

    @Test
    void refusesALargeBarBeforeItIsRead() {
        Answer answer = running().calls().put("/api/v1/data/LARGE/2024-01-02", " ".repeat(70_000) + BAR);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.text("/detail")).contains("65536 bytes");
    }

    @Test
    void doesNotWaitLongerForALockThanTheCallerForTheAnswer(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("stock.db");
        try (StockServer own = StockServer.on(file, "--stock.database.busy-timeout=60s");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            Answer put = own.calls().put("/api/v1/data/A/2024-01-02", BAR, "Discovery-Timeout-Ms", "200");
            Answer bulk = own.calls()
                    .call(
                            "POST",
                            "/api/v1/data/A",
                            HEADER + "2024-01-02,1,2,1,2,3\n",
                            "Content-Type",
                            "text/csv",
                            "Discovery-Timeout-Ms",
                            "200");

            assertThat(List.of(put.status(), bulk.status())).containsOnly(503);
            assertThat(put.text("/type")).isEqualTo("urn:problem:storage-busy");
        }
    }

    @Test
    void letsNobodyWaitForAClientThatSendsItsBodySlowly(@TempDir Path directory) {
        try (StockServer own = StockServer.on(
                        directory.resolve("stock.db"),
                        "--stock.limits.transfer-grace-period=3s",
                        "--stock.limits.min-transfer-rate=1MB",
                        "--server.tomcat.connection-timeout=2s");
                RawClient silent = new RawClient(own.port());
                RawClient dripping = new RawClient(own.port())) {
            String head = "POST /api/v1/data/SLOW" + HOST + "Content-Type: text/csv\r\nContent-Length: 1000\r\n\r\n";
            silent.send(head + HEADER);
            dripping.send(head + HEADER);

            Answer other = own.calls().put("/api/v1/data/OTHER/2024-01-02", BAR);
            CompletableFuture<String> late = CompletableFuture.supplyAsync(dripping::answer);
            while (!late.isDone()) {
                drip(dripping, late);
            }

            assertThat(other.status()).as("the writer is free").isEqualTo(201);
            assertThat(late.join()).startsWith("HTTP/1.1 408").contains("urn:problem:request-timeout");
            assertThat(silent.answer()).startsWith("HTTP/1.1 408");
            assertThat(own.calls().get("/api/v1/data/SLOW").status()).isEqualTo(404);
        }
    }

    @Test
    void readsOnlySoManyBodiesAtATime(@TempDir Path directory) {
        try (StockServer own = StockServer.on(directory.resolve("stock.db"), "--stock.import.max-concurrent=1");
                RawClient slow = new RawClient(own.port())) {
            slow.send("POST /api/v1/data/SLOW" + HOST
                    + "Content-Type: text/csv\r\nContent-Length: 1000\r\nExpect: 100-continue\r\n\r\n");
            assertThat(slow.line()).as("it begins to read").startsWith("HTTP/1.1 100");

            // Tomcat says that it continues a moment before the body is asked for.
            Answer refused = Stream.generate(() -> own.calls().put("/api/v1/data/OTHER/2024-01-02", BAR))
                    .limit(1000)
                    .filter(answer -> answer.status() > 201)
                    .findFirst()
                    .orElseThrow();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("/type")).isEqualTo("urn:problem:overloaded");
            assertThat(refused.header("Retry-After")).isEqualTo("1");
        }
    }

    /** Ten times as many callers as may be in progress. Each is served or gets 503. */
    @Test
    void answers503WhileTooManyRequestsAreInProgress(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("stock.db");
        try (StockServer own =
                        StockServer.on(file, "--stock.limits.max-requests=20", "--stock.database.busy-timeout=300ms");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            statement.execute("BEGIN IMMEDIATE");
            List<CompletableFuture<Answer>> answers = IntStream.range(0, 200)
                    .mapToObj(_ -> CompletableFuture.supplyAsync(
                            () -> own.calls().put("/api/v1/data/CROWD/2024-01-02", BAR), callers))
                    .toList();

            List<String> types = answers.stream()
                    .map(answer -> answer.orTimeout(30, TimeUnit.SECONDS).join().text("/type"))
                    .toList();

            assertThat(types).contains("urn:problem:overloaded", "urn:problem:storage-busy");
            assertThat(types).allMatch(type -> type.startsWith("urn:problem:"));
            assertThat(own.calls().get("/actuator/health/liveness").status()).isEqualTo(200);
        }
    }

    /** If it closed the connection at once, the operating system could discard the answer. */
    @Test
    void answersBeforeItReadsTheRestOfABody() {
        try (RawClient client = new RawClient(running().port())) {
            client.send(UNREAD);

            assertThat(client.reply()).startsWith("HTTP/1.1 415").contains("Connection: close", "image/png");

            client.send(" ".repeat(1_000_000));
            assertThat(client.answer()).isEmpty();
        }
    }

    /** A client that sends one byte now and then could occupy a thread for days. */
    @Test
    void closesTheConnectionIfTheRestOfABodyComesSlowly(@TempDir Path directory) {
        try (StockServer own = StockServer.on(
                        directory.resolve("stock.db"),
                        "--stock.limits.transfer-grace-period=4s",
                        "--stock.limits.min-transfer-rate=1MB");
                RawClient client = new RawClient(own.port())) {
            RequestLimitFilter requests = own.part("requestLimitFilter", RequestLimitFilter.class);
            client.send(UNREAD);
            assertThat(client.reply()).startsWith("HTTP/1.1 415");
            assertThat(requests.inProgress())
                    .as("it counts while its body is read")
                    .isEqualTo(1);

            CompletableFuture<String> end = CompletableFuture.supplyAsync(client::line);
            while (!end.isDone()) {
                drip(client, end);
            }

            assertThat(requests.inProgress()).isZero();
        }
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }

    private static void drip(RawClient client, CompletableFuture<String> answer) {
        try {
            client.send("2");
            answer.copy().orTimeout(50, TimeUnit.MILLISECONDS).join();
        } catch (RuntimeException _) {
            // No answer yet, or no more to be sent: the loop ends with the answer.
        }
    }
}
