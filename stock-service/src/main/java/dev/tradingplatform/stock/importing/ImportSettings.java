package dev.tradingplatform.stock.importing;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much requests may bring.
 *
 * @param maxRows bars in one request; all of them are one transaction
 * @param maxTickers different ones in one request
 * @param maxSize of one request's body
 * @param maxArchiveSize of the body that restores an archive
 * @param maxConcurrent bodies read at the same time, each by a thread that its client can hold
 */
@Validated
@ConfigurationProperties("stock.import")
public record ImportSettings(
        @DefaultValue("1000000") @Min(1) int maxRows,
        @DefaultValue("10000") @Min(1) int maxTickers,
        @DefaultValue("256MB") DataSize maxSize,
        @DefaultValue("16GB") DataSize maxArchiveSize,
        @DefaultValue("16") @Min(1) int maxConcurrent) {}
