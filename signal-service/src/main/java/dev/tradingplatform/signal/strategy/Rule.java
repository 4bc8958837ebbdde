package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Tolerance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * Buys when one line rises above another, and sells when it falls below a third, which may be the second again.
 *
 * @param watched the line that crosses
 * @param buyAbove nowhere above {@code sellBelow}
 * @param sellBelow nowhere below {@code buyAbove}
 * @param strength how far the lines are on one side
 * @param scale how large the numbers are that the lines are computed from, by bar
 */
record Rule(Line watched, Line buyAbove, Line sellBelow, Strength strength, IntToDoubleFunction scale) {

    /**
     * Buys and sells on the two directions of one crossing.
     *
     * @param prices one a bar
     * @param half distance of the lines, as a part of the price, that counts as half of everything
     */
    static Rule crossing(Line watched, Line other, double[] prices, double half) {
        return new Rule(watched, other, other, Strength.ofGap(watched, other, prices, half), index -> prices[index]);
    }

    /** Buys on the way back up through the lower line and sells on the way back down through the upper one. */
    static Rule reversion(Line watched, Line lower, Line upper) {
        return new Rule(
                watched, lower, upper, Strength.ofReturn(watched, lower, upper), index -> Math.abs(watched.at(index)));
    }

    boolean readyAt(int index) {
        return !Double.isNaN(watched.at(index) + buyAbove.at(index) + sellBelow.at(index));
    }

    /** How far the lines are on one side at a bar, -1 to 1; 0 while one of them is not there yet. */
    double strengthAt(int index) {
        double value = strength.at(index);
        return readyAt(index) && !Double.isNaN(value) ? value : 0;
    }

    /** What the lines are at a bar, by name; empty while one of them is not there yet. */
    Map<String, Double> valuesAt(int index) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (readyAt(index)) {
            values.put(watched.name(), watched.at(index));
            values.put(buyAbove.name(), buyAbove.at(index));
            values.put(sellBelow.name(), sellBelow.at(index));
        }
        return values;
    }

    /** Where the watched line is at a bar, in plain words. */
    String sayAt(int index) {
        if (sideOf(sellBelow, index) > 0) {
            return watched.say(index) + " is above " + sellBelow.say(index);
        }
        if (sideOf(buyAbove, index) < 0) {
            return watched.say(index) + " is below " + buyAbove.say(index);
        }
        return buyAbove == sellBelow
                ? watched.say(index) + " is on " + buyAbove.say(index)
                : watched.say(index) + " is between " + buyAbove.say(index) + " and " + sellBelow.say(index);
    }

    private double sideOf(Line line, int index) {
        return Tolerance.OF_MEANS.sign(watched.at(index) - line.at(index), scale.applyAsDouble(index));
    }
}
