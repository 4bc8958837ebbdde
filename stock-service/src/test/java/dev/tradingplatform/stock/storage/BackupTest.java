package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.TestStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    void keepsTheNewestAndTouchesNothingElse() throws IOException {
        Path backups = Files.createDirectories(directory.resolve("elsewhere"));
        Path strange = Files.writeString(backups.resolve("stock-notes.db"), "mine");
        try (StockServer server = StockServer.on(
                TestStorage.WRITE_AHEAD, directory, "--stock.backup.directory=" + backups, "--stock.backup.keep=2")) {
            List<String> made = Stream.generate(() ->
                            server.calls().call("POST", "/actuator/backup", "").text("/file"))
                    .limit(3)
                    .toList();

            assertThat(made.getFirst())
                    .satisfies(oldest -> assertThat(Path.of(oldest)).doesNotExist());
            assertThat(backups).isDirectoryNotContaining("glob:**.part");
            try (Stream<Path> left = Files.list(backups)) {
                assertThat(left).containsExactlyInAnyOrder(strange, Path.of(made.get(1)), Path.of(made.get(2)));
            }
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
