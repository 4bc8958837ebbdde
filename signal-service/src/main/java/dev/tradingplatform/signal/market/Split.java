package dev.tradingplatform.signal.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * A split of a ticker's shares. Immutable.
 *
 * @param timestamp start of the first day on which the new shares are traded
 * @param numerator how many new shares replace {@code denominator} old ones, above 0
 * @param denominator how many old shares, above 0
 */
public record Split(Instant timestamp, BigDecimal numerator, BigDecimal denominator) {}
