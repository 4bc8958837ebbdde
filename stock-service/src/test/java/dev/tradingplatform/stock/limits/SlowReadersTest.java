package dev.tradingplatform.stock.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.Eventually;
import dev.tradingplatform.stock.testing.RawClient;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that request megabytes and do not read them. */
class SlowReadersTest {

    private static final int BARS = 60_000;
    private static final int CLIENTS = 40;
    private static final String EXPORT = "/api/v1/data/LARGE?timeframe=1m&format=ndjson&limit=" + BARS;
    private static final String ASK = "GET " + EXPORT + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    @TempDir
    private Path directory;

    private StockServer server(String... settings) {
        Path file = directory.resolve("stock.db");
        StringBuilder csv = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int i = 0; i < BARS; i++) {
            csv.append(TimestampFormat.text(1_700_000_040L + 60L * i)).append(",1,2,1,2,1000\n");
        }
        try (StockServer server = StockServer.on(file)) {
            Answer imported = server.calls().post("/api/v1/data/LARGE?timeframe=1m", "text/csv", csv.toString());
            assertThat(imported.status()).isEqualTo(200);
        }
        return StockServer.on(file, settings);
    }

    /** On a busy machine the last answers may be complete only after the timeouts of the first. */
    private static final String[] LONG_TIMEOUTS = {
        "--server.tomcat.connection-timeout=120s",
        "--stock.limits.transfer-grace-period=120s",
        "--stock.database.busy-timeout=60s"
    };

    @Test
    void servesOthersAtOnceWhileManyClientsDoNotRead() {
        try (StockServer server = server(LONG_TIMEOUTS)) {
            List<RawClient> slow = clients(server);
            try {
                awaitSlow(server, CLIENTS);
                Instant begun = Instant.now();

                Answer page = server.calls().get("/api/v1/data/LARGE?timeframe=1m&limit=10");
                Answer health = server.calls().get("/actuator/health/readiness");
                Answer export = server.calls().get(EXPORT);

                assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(5));
                assertThat(List.of(page.status(), health.status(), export.status()))
                        .containsOnly(200);
                assertThat(answer(slow.getFirst()))
                        .as("who reads late reads the same")
                        .isEqualTo(export.body());
                awaitSlow(server, CLIENTS - 1);
            } finally {
                slow.forEach(RawClient::close);
            }
            awaitSlow(server, 0);
        }
    }

    @Test
    void closesTheConnectionOfAClientThatDoesNotReadAtAll() {
        try (StockServer server = server("--server.tomcat.connection-timeout=3s");
                RawClient client = new RawClient(server.port(), 4096)) {
            client.send(ASK);

            awaitSlow(server, 1);
            awaitSlow(server, 0);
            assertThat(server.calls().get(EXPORT).body().length()).isGreaterThan(rest(client, Duration.ZERO));
        }
    }

    @Test
    void closesTheConnectionOfAClientThatReadsMoreSlowlyThanItMay() {
        try (StockServer server =
                        server("--stock.limits.transfer-grace-period=500ms", "--stock.limits.min-transfer-rate=100MB");
                RawClient client = new RawClient(server.port(), 4096)) {
            client.send(ASK);
            awaitSlow(server, 1);

            assertThat(rest(client, Duration.ofMillis(2)))
                    .as("the end never comes")
                    .isLessThan(Integer.parseInt(
                            server.calls().call("HEAD", EXPORT, "").header("Content-Length")));
            awaitSlow(server, 0);
        }
    }

    @Test
    void answers503WhileTooManyClientsReadSlowly() {
        try (StockServer server =
                server(concat(LONG_TIMEOUTS, new String[] {"--stock.limits.max-requests=" + CLIENTS}))) {
            List<RawClient> slow = clients(server);
            try {
                awaitSlow(server, CLIENTS);

                Answer refused = server.calls().get("/api/v1/tickers");

                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.header("Retry-After")).isEqualTo("1");
                assertThat(refused.text("/type")).isEqualTo("urn:problem:overloaded");
                assertThat(refused.text("/detail")).contains(CLIENTS + " requests are in progress");
                assertThat(server.calls().get("/actuator/health/liveness").status())
                        .isEqualTo(200);
            } finally {
                slow.forEach(RawClient::close);
            }
            awaitSlow(server, 0);
            assertThat(server.calls().get("/api/v1/tickers").status()).isEqualTo(200);
        }
    }

    private static String[] concat(String[] some, String[] others) {
        return Stream.of(some, others).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private static List<RawClient> clients(StockServer server) {
        List<RawClient> clients = IntStream.range(0, CLIENTS)
                .mapToObj(_ -> new RawClient(server.port(), 4096))
                .toList();
        clients.forEach(client -> client.send(ASK));
        assertThat(clients).allMatch(client -> client.line().equals("HTTP/1.1 200"), "its answer is complete");
        return clients;
    }

    private static void awaitSlow(StockServer server, int count) {
        RequestLimitFilter requests = server.part("requestLimitFilter", RequestLimitFilter.class);
        Eventually.holds(count + " requests are in progress", () -> requests.inProgress() == count);
    }

    private static String answer(RawClient client) {
        String answer = client.answer();
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** Reads in small pieces, with pauses, until the server closes the connection. */
    private static int rest(RawClient client, Duration pause) {
        int bytes = 0;
        for (int count = client.read(2048); count > 0; count = client.read(2048)) {
            bytes += count;
            LockSupport.parkNanos(pause.toNanos());
        }
        return bytes;
    }
}
