package dev.tradingplatform.signal.strategy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;

/**
 * A series with the names it has in JSON and in sentences. Immutable by agreement: the array is shared and only read.
 */
final class Line {

    private static final MathContext SHOWN = new MathContext(6);

    private final String name;
    private final String label;
    private final double[] values;
    private final boolean level;

    private Line(String name, String label, double[] values, boolean level) {
        this.name = name;
        this.label = label;
        this.values = values;
        this.level = level;
    }

    /**
     * Names a series.
     *
     * @param name in JSON, such as {@code fast}
     * @param label in sentences, such as {@code SMA10}
     */
    static Line of(String name, String label, double[] values) {
        return new Line(name, label, values, false);
    }

    /** The same value at every bar. */
    static Line level(String name, double value, int size) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return new Line(name, "", values, true);
    }

    String name() {
        return name;
    }

    double at(int index) {
        return values[index];
    }

    /** {@code SMA10 187.2}, or only the number where it is the same at every bar. */
    String say(int index) {
        String value =
                new BigDecimal(values[index]).round(SHOWN).stripTrailingZeros().toPlainString();
        return level ? value : label + " " + value;
    }
}
