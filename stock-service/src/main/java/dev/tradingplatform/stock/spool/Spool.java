package dev.tradingplatform.stock.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Makes spool files. Safe for concurrent use. */
@Component
@EnableConfigurationProperties(SpoolSettings.class)
public class Spool {

    private final Path directory;

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
}
