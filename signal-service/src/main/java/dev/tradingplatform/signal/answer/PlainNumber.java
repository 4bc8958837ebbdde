package dev.tradingplatform.signal.answer;

import java.math.BigDecimal;

/** Writes numbers as people do: 82488700 rather than 8.24887E7. */
final class PlainNumber {

    private static final double LARGEST_EXACT_INTEGER = 0x1p53;

    private PlainNumber() {}

    /** @param value a finite number */
    static String of(double value) {
        return value == Math.rint(value) && Math.abs(value) < LARGEST_EXACT_INTEGER
                ? Long.toString((long) value)
                : new BigDecimal(Double.toString(value)).toPlainString();
    }
}
