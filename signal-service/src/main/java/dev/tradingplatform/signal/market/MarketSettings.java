package dev.tradingplatform.signal.market;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where bars come from.
 *
 * @param stockService base URL of stock-service; a host without dots is a service name to discover
 * @param keptBars how many bars to keep for when no replica answers, all tickers together; 48 bytes each
 * @param staleAfter how long to wait for stock-service if there is a copy; the copy is then served as stale. No effect
 *     if stock-service has a fixed address
 */
@Validated
@ConfigurationProperties("signals")
record MarketSettings(
        @NotNull @DefaultValue("http://stock-service") URI stockService,
        @Min(0) @DefaultValue("1000000") long keptBars,
        @NotNull @DefaultValue("3s") Duration staleAfter) {}
