package dev.tradingplatform.signal.computed;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is remembered of computations.
 *
 * @param keptNumbers how many numbers of indicator series and evaluations to keep; 8 bytes each
 */
@Validated
@ConfigurationProperties("signals.computed")
record ComputedSettings(@Min(0) @DefaultValue("4000000") long keptNumbers) {}
