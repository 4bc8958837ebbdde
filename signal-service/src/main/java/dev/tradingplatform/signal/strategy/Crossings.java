package dev.tradingplatform.signal.strategy;

/**
 * Watches from bar to bar on which side of another line a line is. To touch and turn back is not to cross. One thread
 * at a time.
 */
final class Crossings {

    private final Line watched;
    private final Line other;
    private double side;

    Crossings(Line watched, Line other) {
        this.watched = watched;
        this.other = other;
    }

    /**
     * Moves on to a bar.
     *
     * @return 1 if the line got above the other at this bar, -1 if it got below, otherwise 0
     */
    int at(int index) {
        double now = Math.signum(watched.at(index) - other.at(index));
        if (Double.isNaN(now) || now == 0 || now == side) {
            return 0;
        }
        boolean crossed = side != 0;
        side = now;
        return crossed ? (int) now : 0;
    }
}
