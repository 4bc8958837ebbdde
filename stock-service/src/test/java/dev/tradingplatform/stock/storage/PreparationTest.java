package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {

    private static final Duration BUSY = Duration.ofSeconds(1);

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
}
