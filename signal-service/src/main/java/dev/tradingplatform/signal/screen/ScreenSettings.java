package dev.tradingplatform.signal.screen;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How screens are worked off.
 *
 * @param parallelism tickers under way at once, of all screens together; each may hold the bars of one ticker
 */
@Validated
@ConfigurationProperties("signals.screen")
record ScreenSettings(@Min(1) @DefaultValue("16") int parallelism) {}
