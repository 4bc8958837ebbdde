package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.StockProcess;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationLockTest {

    @Test
    void waitsWhileAnotherProcessPreparesTheFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("stock.db");
        try (FileChannel channel = FileChannel.open(
                        directory.resolve("stock.db.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock();
                StockProcess process = StockProcess.on(file, "late")) {
            process.awaitWaiting();
            assertThat(file).doesNotExist();

            lock.release();

            assertThat(process.calls().get("/actuator/health/readiness").status())
                    .isEqualTo(200);
        }
    }
}
