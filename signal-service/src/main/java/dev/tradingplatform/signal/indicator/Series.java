package dev.tradingplatform.signal.indicator;

/**
 * One computed column: a value per bar, NaN before warm-up. Immutable by agreement: the array is shared and only read.
 */
public final class Series {

    private final String name;
    private final double[] values;

    /**
     * Names a column.
     *
     * @param name which output of its indicator this is; empty when the indicator has only one
     * @param values one a bar
     */
    public Series(String name, double[] values) {
        this.name = name;
        this.values = values;
    }

    /** Which output of its indicator this is; empty when the indicator has only one. */
    public String name() {
        return name;
    }

    /** One value a bar; only to be read. */
    public double[] values() {
        return values;
    }
}
