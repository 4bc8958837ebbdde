package dev.tradingplatform.signal.bar;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One price bar as stock-service gives it. Immutable. Prices may be 0 or negative, as those of futures and spreads.
 *
 * @param timestamp start of the bar, whole seconds
 * @param open first price
 * @param high highest price
 * @param low lowest price
 * @param close last price
 * @param volume units traded, fractions allowed
 */
public record Bar(Instant timestamp, double open, double high, double low, double close, double volume) {

    /**
     * @throws IllegalArgumentException if the timestamp has a fraction, a price is not finite, low and high do not
     *     enclose the others, or the volume is negative
     */
    public Bar {
        if (!timestamp.equals(timestamp.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("timestamp: " + timestamp + " (expected: whole seconds)");
        }
        requirePrice("open", open);
        requirePrice("high", high);
        requirePrice("low", low);
        requirePrice("close", close);
        if (low > Math.min(open, close) || high < Math.max(open, close)) {
            throw new IllegalArgumentException(
                    "bar: open %s, high %s, low %s, close %s (expected: low and high around open and close)"
                            .formatted(open, high, low, close));
        }
        if (!(volume >= 0 && volume < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("volume: " + volume + " (expected: 0 or more)");
        }
    }

    private static void requirePrice(String name, double price) {
        if (!Double.isFinite(price)) {
            throw new IllegalArgumentException(name + ": " + price + " (expected: a finite number)");
        }
    }
}
