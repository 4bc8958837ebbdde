package dev.tradingplatform.signal.market;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where bars come from.
 *
 * @param stockService base URL of stock-service; a host without dots is a service name to discover
 * @param keptBars how many bars to keep for when no replica answers, all tickers together; 48 bytes each
 */
@Validated
@ConfigurationProperties("signals")
record MarketSettings(
        @NotNull @DefaultValue("http://stock-service") URI stockService,
        @Min(0) @DefaultValue("1000000") long keptBars) {}
