package dev.tradingplatform.stock.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Makes spool files. Safe for concurrent use. */
@Component
@EnableConfigurationProperties(SpoolSettings.class)
public class Spool {

    /** Of the heap, for answers whose clients are slow. */
    private static final int SHARE = 8;

    private final Path directory;
    private final AtomicLong free = new AtomicLong(Runtime.getRuntime().maxMemory() / SHARE);

    Spool(SpoolSettings settings) {
        this.directory = settings.path();
    }

    /**
     * Makes an empty file that is gone when it is closed, or when the process ends in whatever way.
     *
     * @throws SpoolFailedException if the directory cannot be written to
     */
    public SpoolFile file() {
        try {
            Files.createDirectories(directory);
            return SpoolFile.in(directory);
        } catch (IOException e) {
            throw new SpoolFailedException(e);
        }
    }

    /** Takes memory from what all waiting answers share, if there is enough of it. */
    boolean lend(long bytes) {
        if (free.addAndGet(-bytes) >= 0) {
            return true;
        }
        giveBack(bytes);
        return false;
    }

    void giveBack(long bytes) {
        free.addAndGet(bytes);
    }
}
