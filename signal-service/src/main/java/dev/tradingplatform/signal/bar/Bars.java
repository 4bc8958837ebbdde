package dev.tradingplatform.signal.bar;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The bars of one ticker in columns, oldest first, each timestamp once. Immutable by agreement: the arrays are shared,
 * not copied, and nobody writes to them.
 */
public final class Bars {

    private final long[] epochSeconds;
    private final double[] open;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[] volume;

    private Bars(List<Bar> rows) {
        epochSeconds =
                rows.stream().mapToLong(row -> row.timestamp().getEpochSecond()).toArray();
        open = column(rows, Bar::open);
        high = column(rows, Bar::high);
        low = column(rows, Bar::low);
        close = column(rows, Bar::close);
        volume = column(rows, Bar::volume);
    }

    /**
     * Turns rows into columns.
     *
     * @param rows none or more, oldest first
     * @throws IllegalArgumentException if the timestamps do not ascend
     */
    public static Bars of(List<Bar> rows) {
        for (int i = 1; i < rows.size(); i++) {
            Instant earlier = rows.get(i - 1).timestamp();
            Instant later = rows.get(i).timestamp();
            if (!later.isAfter(earlier)) {
                throw new IllegalArgumentException(
                        "timestamp: %s after %s (expected: ascending)".formatted(later, earlier));
            }
        }
        return new Bars(rows);
    }

    private static double[] column(List<Bar> rows, ToDoubleFunction<Bar> field) {
        return rows.stream().mapToDouble(field).toArray();
    }

    /** How many there are. */
    public int size() {
        return epochSeconds.length;
    }

    /** Start of the bar at an index from 0. */
    public Instant timestamp(int index) {
        return Instant.ofEpochSecond(epochSeconds[index]);
    }

    /** Index of the first bar that starts at or after a moment; {@link #size()} when there is none. */
    public int indexFrom(Instant moment) {
        long second = moment.getEpochSecond() + (moment.getNano() > 0 ? 1 : 0);
        int found = Arrays.binarySearch(epochSeconds, second);
        return found >= 0 ? found : -found - 1;
    }

    /** Opening prices, one a bar; only to be read. */
    public double[] open() {
        return open;
    }

    /** Highest prices, one a bar; only to be read. */
    public double[] high() {
        return high;
    }

    /** Lowest prices, one a bar; only to be read. */
    public double[] low() {
        return low;
    }

    /** Closing prices, one a bar; only to be read. */
    public double[] close() {
        return close;
    }

    /** Volumes, one a bar; only to be read. */
    public double[] volume() {
        return volume;
    }
}
