package dev.tradingplatform.stock.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntegrityEndpointTest {

    private static final String BARS =
            "timestamp,open,high,low,close,volume\n2024-01-02,1,2,0.5,1.5,10\n2024-01-03,1,2,0.5,1.5,10\n";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(TestStorage.class)
    void soundDatabaseIsReportedWithItsCounts(TestStorage storage) {
        try (StockServer server = StockServer.on(storage, directory)) {
            server.calls().post("/api/v1/data/A", "text/csv", BARS);
            server.calls().post("/api/v1/data/B", "text/csv", BARS);

            Answer report = server.calls().call("POST", "/actuator/integrity", "");

            assertThat(report.status()).as(report.body()).isEqualTo(200);
            assertThat(report.at("/series").asInt()).isEqualTo(2);
            assertThat(report.at("/bars").asInt()).isEqualTo(4);
        }
    }

    @Test
    void rowThatContradictsItsBarsIsAFault() throws SQLException {
        Path file = directory.resolve("stock.db");
        try (StockServer server = StockServer.on(file)) {
            server.calls().post("/api/v1/data/A", "text/csv", BARS);
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.executeUpdate("DELETE FROM quote WHERE ts = (SELECT max(ts) FROM quote)");
            }

            Answer report = server.calls().call("POST", "/actuator/integrity", "");

            assertThat(report.status()).isEqualTo(500);
            assertThat(report.header("Content-Type")).startsWith("application/problem+json");
            assertThat(report.text("/type")).isEqualTo("urn:problem:database-damaged");
            assertThat(report.text("/faults/0")).startsWith("A 1d: 1 bars from ");
        }
    }
}
