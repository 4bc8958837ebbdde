package dev.tradingplatform.signal.indicator;

/** Wilder's smoothing and the plain mean that seeds it. */
final class Smoothing {

    private Smoothing() {}

    /** Mean of the values at two indices and all between. */
    static double mean(double[] values, int first, int last) {
        double sum = 0;
        for (int i = first; i <= last; i++) {
            sum += values[i];
        }
        return sum / (last - first + 1);
    }

    /**
     * Smooths as Wilder does: the mean of the first {@code period} values, then {@code (previous * (period - 1) +
     * value) / period}.
     *
     * @param values NaN up to the first number, numbers from there on
     */
    static double[] wilder(double[] values, int period) {
        double[] smoothed = WarmUp.empty(values.length);
        int seed = WarmUp.first(values) + period - 1;
        if (seed >= values.length) {
            return smoothed;
        }
        double average = mean(values, seed - period + 1, seed);
        smoothed[seed] = average;
        // The same as dividing each time, where each division would wait for the one before it
        double share = 1.0 / period;
        for (int i = seed + 1; i < values.length; i++) {
            average += (values[i] - average) * share;
            smoothed[i] = average;
        }
        return smoothed;
    }
}
