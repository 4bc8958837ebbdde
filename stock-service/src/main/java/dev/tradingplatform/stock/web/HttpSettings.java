package dev.tradingplatform.stock.web;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How many requests may wait.
 *
 * @param maxWaiting requests that have come in and wait for a thread; while there are more, requests are answered 503
 */
@Validated
@ConfigurationProperties("stock.http")
record HttpSettings(@DefaultValue("1000") @Min(0) int maxWaiting) {}
