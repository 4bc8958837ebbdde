package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An indicator with its numbers, written as {@code macd:12:26:9}. Immutable.
 *
 * @param indicator which one
 * @param arguments its numbers
 */
public record IndicatorRequest(Indicator indicator, Arguments arguments) {

    /**
     * Reads {@code name}, {@code name:number}, {@code name:number:number} and so on; numbers left out are preset.
     *
     * @throws dev.tradingplatform.signal.catalogue.InvalidParameterException if there is no such indicator, or it
     *     refuses a number
     */
    public static IndicatorRequest parse(String text) {
        List<String> parts = List.of(text.strip().split(":", -1));
        Indicator indicator = Indicators.named(parts.getFirst());
        return new IndicatorRequest(
                indicator, Arguments.inOrder(indicator.description().parameters(), parts.subList(1, parts.size())));
    }

    /** The name with every number, presets included: {@code sma:20}. */
    public String key() {
        StringBuilder key = new StringBuilder(indicator.description().name());
        for (BigDecimal value : arguments.values().values()) {
            key.append(':').append(value.toPlainString());
        }
        return key.toString();
    }

    /**
     * Computes the series from the first bar on.
     *
     * @return by {@link #key()}, or {@code key.output} where the indicator has several outputs
     */
    public Map<String, double[]> compute(Bars bars) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        for (Series series : indicator.compute(bars, arguments)) {
            columns.put(series.name().isEmpty() ? key() : key() + "." + series.name(), series.values());
        }
        return columns;
    }
}
