package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.TestStorage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupTest {

    private static final String BAR = "{\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":%d}";
    private static final String PATH = "/api/v1/data/A/2024-01-02";

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @EnumSource(names = {"WRITE_AHEAD", "ROLLBACK"})
    void isRestoredByPuttingItInTheFilesPlace(TestStorage storage) throws IOException {
        String copy;
        String laterTag;
        try (StockServer server = StockServer.on(storage, directory)) {
            server.calls().put(PATH, BAR.formatted(1));
            Answer made = server.calls().call("POST", "/actuator/backup", "");
            assertThat(made.status()).as(made.body()).isEqualTo(200);
            copy = made.text("/file");
            assertThat(Files.size(Path.of(copy))).isEqualTo(made.at("/bytes").asLong());
            laterTag = server.calls().put(PATH, BAR.formatted(2)).header("ETag");
        }

        for (Path part : files("stock.db")) {
            Files.delete(part);
        }
        Files.copy(Path.of(copy), directory.resolve("stock.db"));

        try (StockServer server = StockServer.on(storage, directory)) {
            assertThat(server.calls().get(PATH).at("/volume").asInt()).isEqualTo(1);
            assertThat(server.calls().put(PATH, BAR.formatted(3)).header("ETag"))
                    .as("no version is given again that was given after the backup")
                    .isNotEqualTo(laterTag);
        }
    }

    @Test
    void restoringTheSameBackupTwiceGivesNoVersionTagOrNumberTwice() throws IOException {
        TestStorage storage = TestStorage.WRITE_AHEAD;
        Path copy;
        try (StockServer server = StockServer.on(storage, directory)) {
            server.calls().put(PATH, BAR.formatted(1));
            copy = Path.of(server.calls().call("POST", "/actuator/backup", "").text("/file"));
        }
        Set<String> tags = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (int restoration = 1; restoration <= 3; restoration++) {
            for (Path part : files("stock.db")) {
                Files.delete(part);
            }
            Files.copy(copy, directory.resolve("stock.db"));
            try (StockServer server = StockServer.on(storage, directory)) {
                Answer changed = server.calls().put(PATH, BAR.formatted(10 + restoration));

                assertThat(tags.add(changed.header("ETag")))
                        .as("version of the bar")
                        .isTrue();
                assertThat(tags.add(server.calls().get("/api/v1/data/A").header("ETag")))
                        .as("tag of the series")
                        .isTrue();
                assertThat(numbers.add(server.calls()
                                .get("/api/v1/changes")
                                .at("/last")
                                .asLong()))
                        .as("number of the change")
                        .isTrue();
                assertThat(server.calls()
                                .get("/api/v1/changes")
                                .at("/data/0/firstChanged")
                                .isNull())
                        .as("whatever a reader has seen before, all bars may have changed")
                        .isTrue();
            }
        }
    }

    @Test
    void keepsTheFirstAndTheLastCopyOfEachOfTheNewestDaysAndTouchesNothingElse() throws IOException {
        Path backups = Files.createDirectories(directory.resolve("elsewhere"));
        Path strange = Files.writeString(backups.resolve("stock-notes.db"), "mine");
        SqliteDatabase database = new SqliteDatabase(
                SqliteFile.at(directory.resolve("stock.db"), Duration.ofSeconds(5), FileSystemKinds.REAL), 1);
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2024-01-01T09:00:00Z"));
        Backups copies = new Backups(database.file(), new BackupSettings(backups, 3), now::get);
        try (Storage storage =
                new Storage(database, database.open(), System::nanoTime, now::get, new SimpleMeterRegistry())) {
            for (int day = 1; day <= 4; day++) {
                for (int repetition = 1; repetition <= 9; repetition++) {
                    copies.make(storage);
                    now.set(now.get().plusSeconds(1));
                }
                now.set(now.get().plus(Duration.ofDays(1)).minusSeconds(9));
            }
        }

        try (Stream<Path> left = Files.list(backups)) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            strange.getFileName().toString(),
                            "stock-20240102T090000000Z.db",
                            "stock-20240102T090008000Z.db",
                            "stock-20240103T090000000Z.db",
                            "stock-20240103T090008000Z.db",
                            "stock-20240104T090000000Z.db",
                            "stock-20240104T090008000Z.db");
        }
    }

    @Test
    void isRefusedWherePostgresqlHasBetterMeans() {
        try (StockServer server = StockServer.on(TestStorage.POSTGRESQL, directory)) {
            Answer refused = server.calls().call("POST", "/actuator/backup", "");

            assertThat(refused.status()).isEqualTo(501);
            assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
            assertThat(refused.text("/detail")).contains("pg_dump");
        }
    }

    private List<Path> files(String prefix) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }
}
