package dev.tradingplatform.stock.bar;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * A price or a volume: an exact decimal number of at most {@value #MAX_DIGITS} significant digits, of which at most
 * {@value #MAX_SCALE} are decimals. No value passes through a floating-point number.
 *
 * @param unscaled the number without its decimal point, between -10^18 and 10^18, both exclusive
 * @param scale how many of its digits are decimals, 0 to {@value #MAX_SCALE}; the last of them is not 0
 */
public record Decimal(long unscaled, int scale) implements Comparable<Decimal> {

    /** Maximum number of significant digits. */
    public static final int MAX_DIGITS = 18;

    /** Maximum number of decimals. */
    public static final int MAX_SCALE = 9;

    /** The number 0. */
    public static final Decimal ZERO = new Decimal(0, 0);

    private static final long LIMIT = 1_000_000_000_000_000_000L;
    private static final int MAX_TEXT = 64;
    private static final int[] POWERS = {
        1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
    };

    /** Checks the limits. */
    public Decimal {
        boolean shortest = scale == 0 || unscaled % 10 != 0;
        if (unscaled <= -LIMIT || unscaled >= LIMIT || scale < 0 || scale > MAX_SCALE || !shortest) {
            throw new IllegalArgumentException("not a decimal: " + unscaled + ", scale " + scale);
        }
    }

    /** Returns a number from its digits, with any number of zeros at the end of its decimals. */
    public static Decimal of(long unscaled, int scale) {
        long digits = unscaled;
        int decimals = scale;
        while (decimals > 0 && digits % 10 == 0) {
            digits /= 10;
            decimals--;
        }
        return new Decimal(digits, decimals);
    }

    /**
     * Rounds a number to the digits that there is room for, half to even.
     *
     * @return nothing if the number has more than {@value #MAX_DIGITS} digits before the decimal point
     */
    public static Optional<Decimal> round(BigDecimal number) {
        // BigDecimal has exponents of up to 2^31, with which setScale would compute for minutes.
        long integerDigits = (long) number.precision() - number.scale();
        if (number.signum() == 0 || integerDigits < -MAX_DIGITS) {
            return Optional.of(ZERO);
        }
        if (integerDigits > MAX_DIGITS) {
            return Optional.empty();
        }
        int scale = Math.min(MAX_SCALE, MAX_DIGITS - Math.max(0, (int) integerDigits));
        BigDecimal rounded = number.setScale(scale, RoundingMode.HALF_EVEN);
        if (rounded.precision() > MAX_DIGITS) {
            // The last digit was rounded up to a power of ten.
            return scale == 0
                    ? Optional.empty()
                    : Optional.of(of(rounded.movePointRight(scale - 1).longValueExact(), scale - 1));
        }
        return Optional.of(of(rounded.unscaledValue().longValueExact(), scale));
    }

    /**
     * Reads a number, with or without sign and exponent. Digits that there is no room for are rounded, half to even.
     *
     * @return {@link Parsed.Bad} with the code {@code not-a-number} or {@code too-large}
     */
    public static Parsed<Decimal> parse(String text) {
        return plain(text).or(() -> general(text)).orElseGet(() -> bad("too-large"));
    }

    /** Reads a volume as {@link #parse} reads a number, and refuses negative ones with the code {@code negative}. */
    public static Parsed<Decimal> parseVolume(String text) {
        Parsed<Decimal> parsed = parse(text);
        return switch (parsed) {
            case Parsed.Good<Decimal>(Decimal value, boolean _) ->
                value.unscaled < 0
                        ? new Parsed.Bad<>("negative", "a number from 0, with at most 18 digits before the point")
                        : parsed;
            case Parsed.Bad<Decimal> _ -> parsed;
        };
    }

    /** Reads digits with an optional sign and point, the form of nearly all numbers, several times as fast. */
    private static Optional<Parsed<Decimal>> plain(String text) {
        int length = text.length();
        boolean negative = length > 0 && text.charAt(0) == '-';
        int begin = negative ? 1 : 0;
        long digits = 0;
        int scale = 0;
        int point = -1;
        int dropped = 0;
        boolean more = false;
        for (int i = begin; i < length; i++) {
            char character = text.charAt(i);
            int digit = character - '0';
            if (character == '.' && point < 0 && i > begin && i < length - 1) {
                point = i;
            } else if (digit < 0 || digit > 9) {
                return Optional.empty();
            } else if (scale == MAX_SCALE) {
                more |= i - point > MAX_SCALE + 1 && digit > 0;
                dropped = i - point == MAX_SCALE + 1 ? digit : dropped;
            } else if (digits >= LIMIT / 10) {
                return Optional.empty();
            } else {
                digits = digits * 10 + digit;
                scale += point < 0 ? 0 : 1;
            }
        }
        boolean up = dropped > 5 || (dropped == 5 && (more || digits % 2 == 1));
        long rounded = up ? digits + 1 : digits;
        if (length == begin || length > MAX_TEXT || rounded == LIMIT) {
            return Optional.empty();
        }
        Decimal value = of(negative ? -rounded : rounded, scale);
        return Optional.of(new Parsed.Good<>(value, dropped == 0 && !more));
    }

    private static Optional<Parsed<Decimal>> general(String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text.length() > MAX_TEXT ? "" : text);
        } catch (NumberFormatException _) {
            return Optional.of(bad("not-a-number"));
        }
        return round(number)
                .map(value -> new Parsed.Good<>(value, value.toBigDecimal().compareTo(number) == 0));
    }

    private static Parsed<Decimal> bad(String code) {
        return new Parsed.Bad<>(code, "a number with at most 18 digits before the point");
    }

    /**
     * Returns the digits of this number written with more decimals: 125 with scale 3 for 0.125, 1250 with scale 4.
     *
     * @param scale at least the scale of this number, and one that it {@link #fits}
     */
    public long unscaled(int scale) {
        return unscaled * POWERS[scale - this.scale];
    }

    /**
     * Returns whether this number has at most {@value #MAX_DIGITS} digits if it is written with a number of decimals.
     */
    public boolean fits(int scale) {
        return scale <= this.scale || Math.abs(unscaled) <= (LIMIT - 1) / POWERS[scale - this.scale];
    }

    /** Returns this number with at most the given number of decimals, rounded half to even. */
    Decimal rounded(int scale) {
        return scale >= this.scale
                ? this
                : of(
                        toBigDecimal()
                                .setScale(scale, RoundingMode.HALF_EVEN)
                                .unscaledValue()
                                .longValueExact(),
                        scale);
    }

    /** Returns the same number for computations. */
    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(unscaled, scale);
    }

    /** Appends the number in plain notation, such as {@code 212.8} or {@code -0.00001}. */
    public void append(StringBuilder target) {
        if (unscaled < 0) {
            target.append('-');
        }
        long digits = Math.abs(unscaled);
        long unit = POWERS[scale];
        target.append(digits / unit);
        if (scale > 0) {
            target.append('.');
        }
        long rest = digits % unit;
        for (long place = unit / 10; place > 0; place /= 10) {
            target.append((char) ('0' + rest / place));
            rest %= place;
        }
    }

    @Override
    public int compareTo(Decimal other) {
        int common = Math.max(scale, other.scale);
        return fits(common) && other.fits(common)
                ? Long.compare(unscaled(common), other.unscaled(common))
                : toBigDecimal().compareTo(other.toBigDecimal());
    }

    /** Returns the number in plain notation. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        append(text);
        return text.toString();
    }
}
