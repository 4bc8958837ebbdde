package dev.tradingplatform.stock.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BusyTest {

    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";

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
