package dev.tradingplatform.stock.bar;

import java.math.BigDecimal;

/** Prices between text and micros, exactly: no price ever passes through a floating-point number. */
public final class Price {

    private static final String EXPECTED = "a number above 0 and below 1000000000 with at most 6 decimals";
    private static final long MICROS = 1_000_000;
    private static final int DECIMALS = 6;
    private static final int INTEGER_DIGITS = 9;
    private static final int LONGEST_TEXT = 64;

    private Price() {}

    /**
     * Reads a price.
     *
     * @param text a decimal number, with or without exponent
     * @return micros, from 1 to 10^15 - 1: at most 15 significant digits, which every client's double holds exactly
     */
    public static Parsed<Long> parse(String text) {
        long plain = plain(text);
        if (plain > 0) {
            return new Parsed.Good<>(plain);
        }
        BigDecimal price;
        try {
            price = new BigDecimal(text.length() > LONGEST_TEXT ? "" : text);
        } catch (NumberFormatException _) {
            return bad("not-a-number");
        }
        if (price.signum() <= 0) {
            return bad("not-positive");
        }
        if ((long) price.precision() - price.scale() > INTEGER_DIGITS) {
            return bad("too-large");
        }
        BigDecimal shortest = price.scale() > DECIMALS ? price.stripTrailingZeros() : price;
        return shortest.scale() > DECIMALS
                ? bad("too-many-decimals")
                : new Parsed.Good<>(shortest.movePointRight(DECIMALS).longValueExact());
    }

    /** Reads what nearly all prices look like without any detour; returns 0 for everything else. */
    private static long plain(String text) {
        int point = text.indexOf('.');
        int integer = point < 0 ? text.length() : point;
        int decimals = point < 0 ? 0 : text.length() - point - 1;
        if (integer == 0 || integer > INTEGER_DIGITS || decimals > DECIMALS || point == text.length() - 1) {
            return 0;
        }
        long number = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (i != point && (digit < 0 || digit > 9)) {
                return 0;
            }
            number = i == point ? number : number * 10 + digit;
        }
        for (int i = decimals; i < DECIMALS; i++) {
            number *= 10;
        }
        return number;
    }

    /** Returns a price in plain notation without superfluous zeros, such as {@code 212.8}. */
    public static String text(long micros) {
        StringBuilder text = new StringBuilder();
        append(text, micros);
        return text.toString();
    }

    /** Appends what {@link #text(long)} returns. */
    public static void append(StringBuilder target, long micros) {
        target.append(micros / MICROS);
        long rest = micros % MICROS;
        if (rest > 0) {
            target.append('.');
        }
        for (long unit = MICROS / 10; rest > 0; unit /= 10) {
            target.append((char) ('0' + rest / unit));
            rest %= unit;
        }
    }

    private static Parsed<Long> bad(String code) {
        return new Parsed.Bad<>(code, EXPECTED);
    }
}
