package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyTest {

    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";

    /** What has been read waits for the writer in memory, and is one of the bodies that may be there. */
    @Test
    void keepsNoMoreImportsWaitingThanItMayRead(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("stock.db");
        String csv = "timestamp,open,high,low,close,volume\n2024-01-02,1,2,1,2,3\n";
        try (StockServer server = StockServer.on(file, "--stock.import.max-concurrent=1");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            server.calls().post("/api/v1/data/A", "text/csv", csv);
            statement.execute("BEGIN IMMEDIATE");

            List<Future<Answer>> imports = Stream.generate(
                            () -> threads.submit(() -> server.calls().post("/api/v1/data/A", "text/csv", csv)))
                    .limit(3)
                    .toList();
            List<String> problems = new ArrayList<>();
            for (Future<Answer> done : imports) {
                problems.add(done.get().text("/type"));
            }
            statement.execute("ROLLBACK");

            assertThat(problems)
                    .containsExactlyInAnyOrder(
                            "urn:problem:storage-busy", "urn:problem:overloaded", "urn:problem:overloaded");
            assertThat(server.calls().post("/api/v1/data/A", "text/csv", csv).status())
                    .as("nobody holds on to a place")
                    .isEqualTo(200);
        }
    }

    @Test
    void answersBusyWithRetryAfterAndWritesNothing(@TempDir Path directory) throws SQLException {
        Path file = directory.resolve("stock.db");
        try (StockServer server = StockServer.on(file, "--stock.database.busy-timeout=300ms");
                Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");

            Answer put = server.calls().put("/api/v1/data/A/2024-01-02", BAR);
            Answer read = server.calls().get("/api/v1/data/A");

            assertThat(put.status()).isEqualTo(503);
            assertThat(put.header("Retry-After")).isEqualTo("1");
            assertThat(put.header("X-Served-By")).isEqualTo("test");
            assertThat(put.text("/type")).isEqualTo("urn:problem:storage-busy");
            assertThat(read.status()).as("readers wait for nobody").isEqualTo(404);

            statement.execute("ROLLBACK");
            assertThat(server.calls().put("/api/v1/data/A/2024-01-02", BAR).status())
                    .isEqualTo(201);
        }
    }
}
