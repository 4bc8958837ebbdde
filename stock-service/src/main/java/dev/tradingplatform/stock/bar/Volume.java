package dev.tradingplatform.stock.bar;

import java.math.BigDecimal;

/** Volumes between text and number. */
public final class Volume {

    private static final String EXPECTED =
            "a number from 0 to below 1000000000000000 with at most 15 significant digits";
    private static final int DIGITS = 15;
    private static final int LONGEST_TEXT = 64;

    private Volume() {}

    /**
     * Reads a volume.
     *
     * @param text a decimal number, with or without exponent
     * @return a double that has all the digits of the text: at most 15 significant ones, none beyond the 15th decimal
     */
    public static Parsed<Double> parse(String text) {
        if (isWhole(text)) {
            return new Parsed.Good<>((double) Long.parseLong(text));
        }
        BigDecimal volume;
        try {
            volume = new BigDecimal(text.length() > LONGEST_TEXT ? "" : text);
        } catch (NumberFormatException _) {
            return bad("not-a-number");
        }
        if (volume.signum() < 0) {
            return bad("negative");
        }
        if (volume.signum() == 0) {
            return new Parsed.Good<>(0.0);
        }
        if ((long) volume.precision() - volume.scale() > DIGITS) {
            return bad("too-large");
        }
        BigDecimal shortest = volume.stripTrailingZeros();
        return shortest.precision() > DIGITS || shortest.scale() > DIGITS
                ? bad("too-many-digits")
                : new Parsed.Good<>(shortest.doubleValue());
    }

    /** Tells what nearly all volumes are, so that they need no detour. */
    private static boolean isWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= DIGITS;
    }

    /** Returns a volume in plain notation without superfluous zeros, such as {@code 82488700} or {@code 0.00001}. */
    public static String text(double volume) {
        StringBuilder text = new StringBuilder();
        append(text, volume);
        return text.toString();
    }

    /** Appends what {@link #text(double)} returns. */
    public static void append(StringBuilder target, double volume) {
        long whole = (long) volume;
        if (whole == volume) {
            target.append(whole);
        } else {
            target.append(BigDecimal.valueOf(volume).stripTrailingZeros().toPlainString());
        }
    }

    private static Parsed<Double> bad(String code) {
        return new Parsed.Bad<>(code, EXPECTED);
    }
}
