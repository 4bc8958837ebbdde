package dev.tradingplatform.signal.indicator;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.catalogue.Violations;
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

    private static final int MOST = 20;

    /**
     * Reads {@code name}, {@code name:number}, {@code name:number:number} and so on; numbers left out are preset.
     *
     * @throws InvalidParameterException if there is no such indicator, or it refuses a number
     */
    public static IndicatorRequest parse(String text) {
        List<String> parts = List.of(text.strip().split(":", -1));
        try {
            Indicator indicator = Indicators.named(parts.getFirst());
            Arguments arguments =
                    Arguments.inOrder(indicator.description().parameters(), parts.subList(1, parts.size()));
            indicator.check(arguments);
            return new IndicatorRequest(indicator, arguments);
        } catch (InvalidParameterException e) {
            throw e.within(text);
        }
    }

    /**
     * Reads several of them with commas between.
     *
     * @throws InvalidParameterException if there is none, there are more than {@value #MOST}, or some of them cannot be
     *     read; it names all of these
     */
    public static List<IndicatorRequest> parseAll(String text) {
        List<String> parts = List.of(text.split(",", -1));
        if (text.isBlank() || parts.size() > MOST) {
            throw new InvalidParameterException(
                    "i", text, "1 to %d indicators with commas between, such as sma:20,rsi:14".formatted(MOST));
        }
        Violations violations = new Violations();
        List<IndicatorRequest> requests = parts.stream()
                .flatMap(part -> violations.read(() -> parse(part)).stream())
                .toList();
        violations.check();
        return requests;
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
