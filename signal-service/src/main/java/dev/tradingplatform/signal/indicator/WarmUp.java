package dev.tradingplatform.signal.indicator;

import java.util.Arrays;

/** Columns that begin with NaN until there is enough to compute a value from. */
final class WarmUp {

    private WarmUp() {}

    static double[] empty(int size) {
        double[] values = new double[size];
        Arrays.fill(values, Double.NaN);
        return values;
    }

    /** Index of the first value that is a number; the length when there is none. */
    static int first(double[] values) {
        int i = 0;
        while (i < values.length && Double.isNaN(values[i])) {
            i++;
        }
        return i;
    }
}
