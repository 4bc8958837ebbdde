package dev.tradingplatform.stock.bar;

/**
 * A cash dividend.
 *
 * @param start epoch second of the first bar without the dividend (the ex-date)
 * @param amount for one share of that date, above 0, in the currency of the prices
 */
public record Dividend(long start, Decimal amount) implements Comparable<Dividend> {

    /** By time. */
    @Override
    public int compareTo(Dividend other) {
        return Long.compare(start, other.start);
    }
}
