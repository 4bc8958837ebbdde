package dev.tradingplatform.signal.strategy;

/**
 * How far a strategy's lines are on one side, -1 to 1: above 0 for long, below for short. Comparable between tickers,
 * whatever their prices. Pure.
 */
@FunctionalInterface
interface Strength {

    /** At a bar; NaN while a line is not there yet. */
    double at(int index);

    /**
     * Of one line above another: the distance g, as a part of the price, counts g / (|g| + half), so that half of
     * everything is reached at {@code half}.
     */
    static Strength ofGap(Line watched, Line other, double[] prices, double half) {
        return index -> {
            double gap = watched.at(index) - other.at(index);
            // Not divided by the price, which may be 0
            return gap / (Math.abs(gap) + half * Math.abs(prices[index]));
        };
    }

    /**
     * Of a line that is expected back between two others: 1 at the lower one or below, -1 at the upper one or above.
     */
    static Strength ofReturn(Line watched, Line lower, Line upper) {
        return index -> {
            double half = (upper.at(index) - lower.at(index)) / 2;
            double middle = lower.at(index) + half;
            return half == 0 ? 0 : Math.clamp((middle - watched.at(index)) / half, -1, 1);
        };
    }
}
