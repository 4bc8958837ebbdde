package dev.tradingplatform.stock.storage;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where quotes are kept.
 *
 * @param file the SQLite file; it and its directory are made if they are missing; unused if there is a URL
 * @param url of a PostgreSQL database, jdbc:postgresql://host/name; empty for SQLite
 * @param username for PostgreSQL; empty if the URL says it
 * @param password for PostgreSQL; empty if the URL says it
 * @param busyTimeout how long a request waits for others, in this process or another, before it is answered 503
 * @param readers connections that read at the same time; PostgreSQL gets as many again that write
 */
@Validated
@ConfigurationProperties("stock.database")
record DatabaseSettings(
        @DefaultValue(".data/stock.db") Path file,
        @DefaultValue("") String url,
        @DefaultValue("") String username,
        @DefaultValue("") String password,
        @DefaultValue("5s") Duration busyTimeout,
        @DefaultValue("4") @Min(1) @Max(64) int readers) {

    /** Keeps the password out of logs. */
    @Override
    public String toString() {
        return "DatabaseSettings[file=" + file + ", busyTimeout=" + busyTimeout + ", readers=" + readers + "]";
    }
}
