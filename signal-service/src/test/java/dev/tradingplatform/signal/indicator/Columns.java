package dev.tradingplatform.signal.indicator;

import static java.util.Objects.requireNonNull;

import dev.tradingplatform.signal.bar.Bars;

/** Computes one column by the key it has in an answer, such as {@code macd:12:26:9.signal}. */
final class Columns {

    private Columns() {}

    static double[] of(String key, Bars bars) {
        String request = key.replaceFirst("\\.[a-z]+$", "");
        return requireNonNull(IndicatorRequest.parse(request).compute(bars).get(key), key);
    }
}
