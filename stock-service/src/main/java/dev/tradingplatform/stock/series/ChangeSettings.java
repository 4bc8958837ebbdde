package dev.tradingplatform.stock.series;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The change feed.
 *
 * @param keep number of changes whose first changed bar is kept. A reader that is further behind is told that all bars
 *     may have changed. A change takes about 60 bytes of the database
 */
@Validated
@ConfigurationProperties("stock.changes")
record ChangeSettings(
        @DefaultValue("1000000") @Min(1000) @Max(100_000_000)
        int keep) {}
