package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {

    private static final Duration BUSY = Duration.ofSeconds(1);
    private static final FileSystemKinds NETWORK = _ -> "nfs4";

    @TempDir
    Path directory;

    @Test
    void makesMissingDirectoriesAndTheFile() {
        Path file = directory.resolve("a/b/stock.db");

        new Preparation(SqliteFile.at(file, BUSY, FileSystemKinds.REAL)).run();

        assertThat(file).isNotEmptyFile();
    }

    @Test
    void findsNothingToDoTheSecondTime() {
        SqliteFile file = SqliteFile.at(directory.resolve("stock.db"), BUSY, FileSystemKinds.REAL);
        new Preparation(file).run();

        assertThatNoException().isThrownBy(() -> new Preparation(file).run());
    }

    @Test
    void refusesAFileThatIsNoDatabaseAndLeavesItAsItIs() throws IOException {
        Path file = Files.writeString(directory.resolve("notes.txt"), "date,open\n".repeat(500));
        byte[] before = Files.readAllBytes(file);

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> new Preparation(SqliteFile.at(file, BUSY, FileSystemKinds.REAL)).run())
                .withMessageContaining("notes.txt is not a sound SQLite database");

        assertThat(file).hasBinaryContent(before);
    }

    @Test
    void refusesADirectoryInPlaceOfAFile() {
        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> SqliteFile.at(directory, BUSY, FileSystemKinds.REAL))
                .withMessageContaining("is a directory");
    }

    @Test
    void refusesAPathBelowAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> SqliteFile.at(file.resolve("stock.db"), BUSY, FileSystemKinds.REAL))
                .withMessageContaining("cannot be made");
    }

    @Test
    void refusesADatabaseWithATornPageAndLeavesItAsItIs() throws Exception {
        Path file = directory.resolve("stock.db");
        prepareWithTickers(file, FileSystemKinds.REAL, 2000);
        byte[] bytes = Files.readAllBytes(file);
        Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 4096, (byte) 0x5a);
        Files.write(file, bytes);

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> new Preparation(SqliteFile.at(file, BUSY, FileSystemKinds.REAL)).run())
                .withMessageContaining("is not a sound SQLite database");

        assertThat(file).hasBinaryContent(bytes);
    }

    @Test
    void refusesASchemaOfANewerRelease() throws SQLException {
        Path file = directory.resolve("stock.db");
        prepareWithTickers(file, FileSystemKinds.REAL, 1);
        execute(
                file,
                "INSERT INTO flyway_schema_history SELECT 99, '99', 'later', type, 'V99__later.sql', 1, installed_by,"
                        + " installed_on, execution_time, success FROM flyway_schema_history LIMIT 1");

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> new Preparation(SqliteFile.at(file, BUSY, FileSystemKinds.REAL)).run())
                .withMessageContaining("has a schema of version 99, made by a newer release");
    }

    @Test
    void refusesAWriteAheadFileOnANetworkFileSystem() throws SQLException {
        Path file = directory.resolve("stock.db");
        prepareWithTickers(file, FileSystemKinds.REAL, 1);

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> new Preparation(SqliteFile.at(file, BUSY, NETWORK)).run())
                .withMessageContaining("is in WAL mode and lies on a network file system");
    }

    @Test
    void undoesWhatAProcessThatDiedLeftHalfDone() throws Exception {
        Path file = directory.resolve("stock.db");
        Path copy = directory.resolve("copy.db");
        prepareWithTickers(file, NETWORK, 2000);
        try (Connection dying = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = dying.createStatement()) {
            statement.execute("PRAGMA cache_size = 1");
            statement.execute("BEGIN");
            statement.execute("UPDATE ticker SET bars = 7");
            Files.copy(file, copy);
            Files.copy(directory.resolve("stock.db-journal"), directory.resolve("copy.db-journal"));
        }

        new Preparation(SqliteFile.at(copy, BUSY, NETWORK)).run();

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT max(bars) FROM ticker")) {
            assertThat(result.getLong(1)).isZero();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void refusesADirectoryNobodyMayWriteTo() {
        // Not even root may: permissions would not stop it elsewhere.
        Path file = Path.of("/proc/stock.db");

        assertThatExceptionOfType(StorageUnusableException.class)
                .isThrownBy(() -> new Preparation(SqliteFile.at(file, BUSY, FileSystemKinds.REAL)).run())
                .withMessageContaining("The directory /proc cannot be written to");
    }

    private static void prepareWithTickers(Path file, FileSystemKinds kinds, int tickers) throws SQLException {
        new Preparation(SqliteFile.at(file, BUSY, kinds)).run();
        execute(
                file,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + tickers + ")"
                        + " INSERT INTO ticker (ticker, timeframe, revision, bars, updated_at)"
                        + " SELECT 'T' || i, '1d', 1, 0, 0 FROM n");
    }

    private static void execute(Path file, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
