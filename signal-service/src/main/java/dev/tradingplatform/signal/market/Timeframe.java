package dev.tradingplatform.signal.market;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How much time one bar covers: the timeframes of stock-service. */
public enum Timeframe {
    /** One minute. */
    MINUTE("1m"),
    /** Five minutes. */
    FIVE_MINUTES("5m"),
    /** Fifteen minutes. */
    QUARTER_HOUR("15m"),
    /** Thirty minutes. */
    HALF_HOUR("30m"),
    /** One hour. */
    HOUR("1h"),
    /** Four hours. */
    FOUR_HOURS("4h"),
    /** One day; the default everywhere. */
    DAY("1d"),
    /** One week. */
    WEEK("1w"),
    /** One month. */
    MONTH("1mo");

    private final String code;

    Timeframe(String code) {
        this.code = code;
    }

    /**
     * Returns the timeframe that has a code.
     *
     * @throws InvalidParameterException if none has it
     */
    public static Timeframe of(String code) {
        return Arrays.stream(values())
                .filter(timeframe -> timeframe.code.equals(code))
                .findFirst()
                .orElseThrow(() -> new InvalidParameterException(
                        "timeframe",
                        code,
                        Arrays.stream(values()).map(Timeframe::code).collect(Collectors.joining(", ", "one of ", ""))));
    }

    /** Returns the code in URLs and JSON, such as {@code 1d}. */
    @JsonValue
    public String code() {
        return code;
    }
}
