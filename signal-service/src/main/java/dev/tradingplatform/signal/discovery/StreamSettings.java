package dev.tradingplatform.signal.discovery;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may watch endpoints.
 *
 * @param subscribers how many may follow the event stream at once; further ones are refused
 */
@Validated
@ConfigurationProperties("signals.discovery")
record StreamSettings(@Min(1) @DefaultValue("100") int subscribers) {}
