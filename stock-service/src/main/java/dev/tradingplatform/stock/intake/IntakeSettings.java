package dev.tradingplatform.stock.intake;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much one request may bring.
 *
 * @param maxRows bars in one request
 * @param maxSize of one request's body
 */
@Validated
@ConfigurationProperties("stock.import")
public record IntakeSettings(
        @DefaultValue("50000") @Min(1) int maxRows,
        @DefaultValue("8MB") DataSize maxSize) {}
