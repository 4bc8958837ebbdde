package dev.tradingplatform.stock.storage;

import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where copies of the SQLite file go.
 *
 * @param directory of the copies; left out for {@code backups} beside the file; made if it is missing
 * @param keep days (UTC) whose copies are kept: the first and the last copy of each of the newest days with copies
 */
@Validated
@ConfigurationProperties("stock.backup")
record BackupSettings(
        @Nullable Path directory, @DefaultValue("7") @Min(1) int keep) {}
