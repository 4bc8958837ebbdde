package dev.tradingplatform.stock.bar;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** How much time one bar covers. */
public enum Timeframe {
    /** One minute. */
    MINUTE("1m", false),
    /** Five minutes. */
    FIVE_MINUTES("5m", false),
    /** Fifteen minutes. */
    QUARTER_HOUR("15m", false),
    /** Thirty minutes. */
    HALF_HOUR("30m", false),
    /** One hour. */
    HOUR("1h", false),
    /** Four hours. */
    FOUR_HOURS("4h", false),
    /** One day; the default everywhere. */
    DAY("1d", true),
    /** One week. */
    WEEK("1w", true),
    /** One month. */
    MONTH("1mo", true);

    private final String code;
    private final boolean startsAtMidnight;

    Timeframe(String code, boolean startsAtMidnight) {
        this.code = code;
        this.startsAtMidnight = startsAtMidnight;
    }

    /**
     * Finds a timeframe by its code.
     *
     * @param code such as {@code 1d}, in lower case
     * @return the timeframe, or nothing if none has that code
     */
    public static Optional<Timeframe> parse(String code) {
        return Arrays.stream(values())
                .filter(timeframe -> timeframe.code.equals(code))
                .findFirst();
    }

    /** Returns all codes in words for a problem document. */
    public static String expected() {
        return Arrays.stream(values()).map(Timeframe::code).collect(Collectors.joining(", ", "one of ", ""));
    }

    /** Returns the code clients and the database use, such as {@code 1d}. */
    public String code() {
        return code;
    }

    /** Tells whether a bar of this timeframe starts at midnight UTC. */
    public boolean startsAtMidnight() {
        return startsAtMidnight;
    }
}
