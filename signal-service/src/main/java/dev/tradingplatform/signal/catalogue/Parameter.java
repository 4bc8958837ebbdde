package dev.tradingplatform.signal.catalogue;

import java.math.BigDecimal;

/**
 * A number that a caller may choose. Immutable.
 *
 * @param name as it is written in a URL
 * @param type whether fractions are allowed
 * @param range smallest and largest value, both allowed
 * @param preset the value when none is given
 * @param meaning what it does, in plain words
 */
public record Parameter(String name, Type type, Range range, BigDecimal preset, String meaning) {

    private static final int MOST_DIGITS = 15;

    /** Whether fractions are allowed. */
    public enum Type {
        /** Whole numbers only. */
        INTEGER,
        /** Any decimal number. */
        NUMBER
    }

    /**
     * An interval with both ends in it.
     *
     * @param min smallest value
     * @param max largest value
     */
    public record Range(BigDecimal min, BigDecimal max) {

        boolean contains(BigDecimal value) {
            return min.compareTo(value) <= 0 && max.compareTo(value) >= 0;
        }
    }

    /** A whole number of at least 1 and at most 1,000 bars. */
    public static Parameter bars(String name, int preset, String meaning) {
        return new Parameter(
                name,
                Type.INTEGER,
                new Range(BigDecimal.ONE, BigDecimal.valueOf(1000)),
                BigDecimal.valueOf(preset),
                meaning);
    }

    /** A decimal number between two bounds, both allowed. */
    public static Parameter number(String name, String preset, Range range, String meaning) {
        return new Parameter(name, Type.NUMBER, range, new BigDecimal(preset), meaning);
    }

    /**
     * Reads a value.
     *
     * @throws InvalidParameterException if it is no such number or outside the range
     */
    BigDecimal read(String text) {
        try {
            BigDecimal value = new BigDecimal(text);
            // Scale and precision first: 1e999999999 would take all memory as a whole number
            if (Math.abs((long) value.scale()) > MOST_DIGITS || value.precision() > MOST_DIGITS) {
                throw refused(text);
            }
            BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            if (!range.contains(plain) || (type == Type.INTEGER && plain.scale() > 0)) {
                throw refused(text);
            }
            return plain.scale() < 0 ? plain.setScale(0) : plain;
        } catch (NumberFormatException e) {
            throw refused(text);
        }
    }

    private InvalidParameterException refused(String text) {
        return new InvalidParameterException(
                name,
                text,
                "%s from %s to %s"
                        .formatted(
                                type == Type.INTEGER ? "a whole number" : "a number",
                                range.min().toPlainString(),
                                range.max().toPlainString()));
    }
}
