package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Timeframe;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How long bars are kept.
 *
 * @param retention maximum age of bars by timeframe, such as {@code stock.retention.1m=90d}; bars of the other
 *     timeframes are kept without limit
 */
@ConfigurationProperties("stock")
record RetentionSettings(Map<String, Duration> retention) {

    private static final Duration MIN = Duration.ofDays(1);

    /** Checks the limits. */
    RetentionSettings {
        retention = retention == null ? Map.of() : Map.copyOf(retention);
        retention.forEach((timeframe, age) -> {
            if (Timeframe.parse(timeframe).isEmpty() || age.compareTo(MIN) < 0) {
                throw new IllegalArgumentException("stock.retention.%s: %s (expected: a timeframe, %s, and at least 1d)"
                        .formatted(timeframe, age, Timeframe.expected()));
            }
        });
    }
}
