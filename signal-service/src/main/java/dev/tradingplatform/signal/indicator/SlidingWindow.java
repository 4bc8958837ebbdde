package dev.tradingplatform.signal.indicator;

/**
 * Sums and extremes over the last so many values, in time proportional to the number of values.
 *
 * <p>Nothing is ever subtracted: values are taken in blocks as long as the window, and a window is the tail of one
 * block joined to the head of the next. A running sum that adds the new and takes away the old would drift over a
 * million bars, and lose small values that follow large ones altogether.
 */
final class SlidingWindow {

    private SlidingWindow() {}

    /** Joins two values; associative. */
    @FunctionalInterface
    interface Join {
        double of(double earlier, double later);
    }

    /**
     * Joins each value with those before it.
     *
     * @param values NaN up to the first number, numbers from there on
     * @param length of the window, at least 1
     * @return NaN until the window is full
     */
    static double[] of(double[] values, int length, Join join) {
        double[] joined = WarmUp.empty(values.length);
        int start = WarmUp.first(values);
        double[] tails = new double[length];
        double head = Double.NaN;
        for (int i = start; i < values.length; i++) {
            int place = (i - start) % length;
            if (place == 0 && i > start) {
                fillTails(tails, values, i, join);
            }
            head = place == 0 ? values[i] : join.of(head, values[i]);
            if (place == length - 1) {
                joined[i] = head;
            } else if (i - start >= length) {
                joined[i] = join.of(tails[place + 1], head);
            }
        }
        return joined;
    }

    /** tails[k] becomes the join of the values at end - length + k to end - 1. */
    private static void fillTails(double[] tails, double[] values, int end, Join join) {
        int from = end - tails.length;
        int last = tails.length - 1;
        tails[last] = values[end - 1];
        for (int k = last - 1; k >= 0; k--) {
            tails[k] = join.of(values[from + k], tails[k + 1]);
        }
    }
}
