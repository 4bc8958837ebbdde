package dev.tradingplatform.stock.spool;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where large requests and answers pass through.
 *
 * @param directory on a disk with room for 62 bytes for each bar of a large import, and for each large export as a
 *     whole; the system's directory for temporary files if it is empty
 */
@ConfigurationProperties("stock.spool")
record SpoolSettings(@DefaultValue("") String directory) {

    Path path() {
        return Path.of(directory.isEmpty() ? System.getProperty("java.io.tmpdir") : directory);
    }
}
