package dev.tradingplatform.signal.strategy;

import dev.tradingplatform.signal.bar.Tolerance;
import java.util.function.IntToDoubleFunction;

/**
 * Watches from bar to bar on which side of another line a line is. To touch and turn back is not to cross, and neither
 * is a distance that comes from rounding: means of the same price over windows of two lengths are the same line. One
 * thread at a time.
 */
final class Crossings {

    private final Line watched;
    private final Line other;
    private final IntToDoubleFunction scale;
    private double side;

    /** @param scale how large the numbers are that the lines are computed from, by bar */
    Crossings(Line watched, Line other, IntToDoubleFunction scale) {
        this.watched = watched;
        this.other = other;
        this.scale = scale;
    }

    /**
     * Moves on to a bar.
     *
     * @return 1 if the line got above the other at this bar, -1 if it got below, otherwise 0
     */
    int at(int index) {
        double now = Tolerance.OF_MEANS.sign(watched.at(index) - other.at(index), scale.applyAsDouble(index));
        if (Double.isNaN(now) || now == 0 || now == side) {
            return 0;
        }
        boolean crossed = side != 0;
        side = now;
        return crossed ? (int) now : 0;
    }
}
