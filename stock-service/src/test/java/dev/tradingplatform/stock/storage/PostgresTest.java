package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.Eventually;
import dev.tradingplatform.stock.testing.PostgresServer;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class PostgresTest {

    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";
    private static final String PATH = "/api/v1/data/A/2024-01-02";

    @Test
    void waitsForAnotherWriterOnlyAsLongAsConfigured() throws SQLException {
        String url = database();
        try (StockServer server = start(url);
                Connection other = DriverManager.getConnection(url);
                Statement statement = other.createStatement()) {
            assertThat(server.calls().put(PATH, BAR).status()).isEqualTo(201);
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM ticker FOR UPDATE");

            Answer busy = server.calls().put(PATH, BAR.replace("3", "4"));

            assertThat(busy.status()).isEqualTo(503);
            assertThat(busy.header("Retry-After")).isEqualTo("1");
            assertThat(busy.text("/type")).isEqualTo("urn:problem:storage-busy");
            assertThat(server.calls().get(PATH).status())
                    .as("readers wait for nobody")
                    .isEqualTo(200);
            other.rollback();
        }
    }

    @Test
    void movesTheRevisionOfASeriesThatIsBeingMadeWhileSplitsChange() throws Exception {
        String url = database();
        String splits = "[{\"timestamp\":\"2024-01-03\",\"numerator\":2,\"denominator\":1}]";
        try (StockServer server = StockServer.on(
                        Path.of("unused"), "--stock.database.url=" + url, "--stock.database.busy-timeout=20s");
                Connection other = DriverManager.getConnection(url);
                Statement maker = other.createStatement();
                Connection observer = DriverManager.getConnection(url);
                Statement observing = observer.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            maker.execute("INSERT INTO ticker VALUES ('MADE', '1m', 1, 1, 1704153600, 1704153600, 0)");
            maker.execute("INSERT INTO quote VALUES ('MADE', '1m', 1704153600, 0, 1, 1, 1, 1, 1, 0, 1)");

            Future<Answer> put = threads.submit(() -> server.calls().put("/api/v1/data/MADE/splits", splits));
            Eventually.holds("it waits for the other, or is done", () -> put.isDone() || waits(observing));
            other.commit();

            assertThat(put.get().status()).isIn(200, 201);
            assertThat(server.calls()
                            .get("/api/v1/data/MADE?timeframe=1m")
                            .at("/revision")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void deletionOfATickerWaitsForASeriesThatIsBeingInserted() throws Exception {
        String url = database();
        try (StockServer server = StockServer.on(
                        Path.of("unused"), "--stock.database.url=" + url, "--stock.database.busy-timeout=20s");
                Connection other = DriverManager.getConnection(url);
                Statement inserting = other.createStatement();
                Connection observer = DriverManager.getConnection(url);
                Statement observing = observer.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.calls().put(PATH, BAR);
            other.setAutoCommit(false);
            inserting.execute("INSERT INTO ticker VALUES ('A', '1m', 1, 1, 1704153600, 1704153600, 0)");
            inserting.execute("INSERT INTO quote VALUES ('A', '1m', 1704153600, 0, 1, 1, 1, 1, 1, 0, 1)");

            Future<Answer> deletion = threads.submit(() -> server.calls().delete("/api/v1/tickers/A"));
            Eventually.holds("it waits for the other, or is done", () -> deletion.isDone() || waits(observing));
            other.commit();

            assertThat(deletion.get().body()).isEqualTo("{\"series\":2,\"bars\":2,\"splits\":0,\"dividends\":0}");
            assertThat(server.calls().call("POST", "/actuator/integrity", "").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void answersThatTheServerIsGoneAndRecoversWhenItIsBack() throws SQLException {
        String url = database();
        try (StockServer server = start(url);
                Connection admin = DriverManager.getConnection(url.replaceAll("/test\\d+", "/postgres"));
                Statement statement = admin.createStatement()) {
            server.calls().put(PATH, BAR);
            String name = url.replaceAll(".*/(test\\d+).*", "$1");
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");

            Answer gone = server.calls().get(PATH);

            assertThat(gone.status()).isEqualTo(503);
            assertThat(gone.text("/type")).isEqualTo("urn:problem:storage-unavailable");
            assertThat(gone.header("Retry-After")).isEqualTo("5");
            assertThat(server.calls().get("/actuator/health/readiness").status())
                    .isEqualTo(503);
            statement.execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS true");
            // The pool tries again at growing intervals: each call waits two seconds for it.
            assertThat(Stream.generate(() -> server.calls().get(PATH).status())
                            .limit(60)
                            .anyMatch(status -> status == 200))
                    .isTrue();
        }
    }

    @Test
    void doesNotStartWithoutAServer() {
        DatabaseSettings nobody = new DatabaseSettings(
                Path.of("unused"), "jdbc:postgresql://127.0.0.1:1/quotes", "me", "secret", Duration.ofSeconds(1), 1);

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> new PostgresDatabase(nobody).open())
                .withMessageContaining("The database jdbc:postgresql://127.0.0.1:1/quotes cannot be read or written")
                .withMessageNotContaining("secret");
    }

    @Test
    void refusesToLetTheDriverRewriteBatches() {
        DatabaseSettings rewriting = new DatabaseSettings(
                Path.of("unused"),
                "jdbc:postgresql://127.0.0.1:1/quotes?reWriteBatchedInserts=true",
                "me",
                "secret",
                Duration.ofSeconds(1),
                1);

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> new PostgresDatabase(rewriting).open())
                .withMessageContaining("reWriteBatchedInserts");
    }

    private static boolean waits(Statement statement) {
        try (ResultSet waiting = statement.executeQuery(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            return waiting.next() && waiting.getInt(1) > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StockServer start(String url) {
        return StockServer.on(Path.of("unused"), "--stock.database.url=" + url, "--stock.database.busy-timeout=2s");
    }

    private static String database() {
        var url = PostgresServer.newDatabase();
        Assumptions.assumeTrue(url.isPresent(), "there is no PostgreSQL on this machine");
        return url.orElseThrow();
    }
}
