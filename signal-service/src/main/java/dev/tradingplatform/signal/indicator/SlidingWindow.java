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

    /** What a window comes to. An enum and not functions: three of these at one call are three times as slow. */
    enum Join {
        SUM,
        HIGHEST,
        LOWEST;

        private static double of(Join join, double one, double other) {
            if (join == SUM) {
                return one + other;
            }
            return (join == HIGHEST) == (one > other) ? one : other;
        }
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
        double[] tails = new double[length];
        int start = WarmUp.first(values);
        for (int block = start; block < values.length; block += length) {
            if (block > start) {
                fillTails(tails, values, block, join);
            }
            int end = Math.min(length, values.length - block);
            double head = values[block];
            for (int place = 0; place < end; place++) {
                head = place == 0 ? head : Join.of(join, head, values[block + place]);
                if (place == length - 1) {
                    joined[block + place] = head;
                } else if (block > start) {
                    joined[block + place] = Join.of(join, tails[place + 1], head);
                }
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
            tails[k] = Join.of(join, values[from + k], tails[k + 1]);
        }
    }
}
