package dev.tradingplatform.stock.bar;

/**
 * Shares were divided, or put together.
 *
 * @param start epoch second of the first bar on the new basis
 * @param numerator how many new shares came, from 1 to {@value #LARGEST}
 * @param denominator out of how many old ones, from 1 to {@value #LARGEST}
 */
public record Split(long start, int numerator, int denominator) implements Comparable<Split> {

    /** The largest number either side of a split may have. */
    public static final int LARGEST = 1_000_000;

    /** By time. */
    @Override
    public int compareTo(Split other) {
        return Long.compare(start, other.start);
    }
}
