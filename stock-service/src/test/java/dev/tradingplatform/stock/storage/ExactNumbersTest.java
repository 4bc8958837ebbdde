package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.PostgresServer;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases of the first version, whose prices are millionths and whose volumes are floating-point numbers. */
class ExactNumbersTest {

    private static final int MORE_THAN_A_BATCH = 2_500;

    private static final String AS_CSV = """
            timestamp,open,high,low,close,volume
            1970-01-02T00:00:00Z,187.15,188.44,183.89,185.64,82488700
            1970-01-03T00:00:00Z,0.000001,999999999.999999,0.000001,1.1,0.00001
            1970-01-04T00:00:00Z,100,200,100,150,999999999999999
            1970-01-05T00:00:00Z,1,1,1,1,21.62325095
            1970-01-06T00:00:00Z,1,1,1,1,0.123456789
            1970-01-07T00:00:00Z,1,1,1,1,0
            """;

    @TempDir
    Path directory;

    @Test
    void sqliteFileOfTheFirstVersionKeepsItsNumbersAndVersions() throws SQLException {
        Path file = directory.resolve("stock.db");
        makeFirstVersion("jdbc:sqlite:" + file, Dialect.SQLITE);

        try (StockServer server = StockServer.on(file)) {
            assertIsConverted(server);
        }
    }

    @Test
    void postgresDatabaseOfTheFirstVersionKeepsItsNumbersAndVersions() throws SQLException {
        Optional<String> url = PostgresServer.newDatabase();
        Assumptions.assumeTrue(url.isPresent(), "there is no PostgreSQL on this machine");
        makeFirstVersion(url.orElseThrow(), Dialect.POSTGRESQL);

        try (StockServer server = StockServer.on(Path.of("unused"), "--stock.database.url=" + url.orElseThrow())) {
            assertIsConverted(server);
        }
    }

    private static void assertIsConverted(StockServer server) {
        assertThat(server.calls().get("/api/v1/data/A?format=csv").body()).isEqualTo(AS_CSV);
        assertThat(server.calls()
                        .get("/api/v1/data/A/1970-01-04")
                        .at("/version")
                        .asInt())
                .isEqualTo(4);
        assertThat(server.calls()
                        .get("/api/v1/data/MANY?limit=10000")
                        .at("/count")
                        .asInt())
                .isEqualTo(MORE_THAN_A_BATCH);
        assertThat(server.calls()
                        .post("/api/v1/data/A", "text/csv", AS_CSV)
                        .at("/unchanged")
                        .asInt())
                .as("the same bars, imported again, are what is stored")
                .isEqualTo(6);
    }

    private static void makeFirstVersion(String url, Dialect dialect) throws SQLException {
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/schema")
                .placeholders(dialect.words())
                .target("2")
                .load()
                .migrate();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                PreparedStatement bars =
                        connection.prepareStatement("INSERT INTO quote VALUES (?, '1d', ?, ?, ?, ?, ?, ?, ?)")) {
            connection.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO ticker VALUES ('A', '1d', 6, 6, 86400, 518400, 0)");
            statement.executeUpdate("INSERT INTO ticker VALUES ('MANY', '1d', 1, " + MORE_THAN_A_BATCH + ", 86400, "
                    + 86_400L * MORE_THAN_A_BATCH + ", 0)");
            insert(bars, "A", 1, new long[] {187_150_000, 188_440_000, 183_890_000, 185_640_000}, 82_488_700);
            insert(bars, "A", 2, new long[] {1, 999_999_999_999_999L, 1, 1_100_000}, 0.00001);
            insert(bars, "A", 3, new long[] {100_000_000, 200_000_000, 100_000_000, 150_000_000}, 999_999_999_999_999d);
            insert(bars, "A", 4, new long[] {1_000_000, 1_000_000, 1_000_000, 1_000_000}, 21.62325095);
            insert(bars, "A", 5, new long[] {1_000_000, 1_000_000, 1_000_000, 1_000_000}, 0.123456789012345);
            insert(bars, "A", 6, new long[] {1_000_000, 1_000_000, 1_000_000, 1_000_000}, 0);
            for (int day = 1; day <= MORE_THAN_A_BATCH; day++) {
                insert(bars, "MANY", day, new long[] {day, day, day, day}, day);
            }
            connection.commit();
        }
    }

    private static void insert(PreparedStatement bars, String ticker, int day, long[] micros, double volume)
            throws SQLException {
        bars.setString(1, ticker);
        bars.setLong(2, 86_400L * day);
        for (int i = 0; i < micros.length; i++) {
            bars.setLong(3 + i, micros[i]);
        }
        bars.setDouble(7, volume);
        bars.setLong(8, ticker.equals("A") ? day + 1L : 1);
        bars.executeUpdate();
    }
}
