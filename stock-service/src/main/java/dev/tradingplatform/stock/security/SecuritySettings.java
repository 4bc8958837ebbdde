package dev.tradingplatform.stock.security;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the host check.
 *
 * @param allowedHosts further names of the service; {@code .example.com} allows each name below it, {@code *} any name
 */
@ConfigurationProperties("stock.security")
record SecuritySettings(@DefaultValue List<String> allowedHosts) {}
