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
 * @param file the SQLite file; it and its directory are made if they are missing
 * @param busyTimeout how long a request waits for a lock another process or request holds, before it is answered 503
 * @param readers connections that read at the same time
 */
@Validated
@ConfigurationProperties("stock.database")
record DatabaseSettings(
        @DefaultValue(".data/stock.db") Path file,
        @DefaultValue("5s") Duration busyTimeout,
        @DefaultValue("4") @Min(1) @Max(64) int readers) {}
