package dev.tradingplatform.stock.api;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How many may wait, and how slowly they may take what they asked for.
 *
 * @param maxWaiting requests that have come in and wait for a thread; while there are more, requests are answered 503
 * @param maxSlow answers that wait for clients to take them; while there are more, requests are answered 503
 * @param patience how long an answer may take in any case
 * @param slowestRate how much of an answer must be taken in each second beyond that, on average
 */
@Validated
@ConfigurationProperties("stock.http")
record HttpSettings(
        @DefaultValue("1000") @Min(0) int maxWaiting,
        @DefaultValue("1000") @Min(0) int maxSlow,
        @DefaultValue("10s") Duration patience,
        @DefaultValue("16KB") DataSize slowestRate) {}
