package dev.tradingplatform.signal.market;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Files of quotes on their way to stock-service.
 *
 * @param maxSize largest file; stock-service has a limit of its own
 * @param maxConcurrent how many may be on their way at once
 * @param deadline how long stock-service may take, passed on to it
 */
@Validated
@ConfigurationProperties("signals.import")
record ImportSettings(
        @DefaultValue("256MB") DataSize maxSize,
        @Min(1) @DefaultValue("16") int maxConcurrent,
        @DefaultValue("10m") Duration deadline) {}
