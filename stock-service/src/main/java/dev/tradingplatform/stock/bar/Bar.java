package dev.tradingplatform.stock.bar;

/**
 * One bar: what was traded between its start and the start of the next bar. All four prices fit into
 * {@value Decimal#MAX_DIGITS} digits with the same number of decimals, so that a database compares them as integers.
 *
 * @param start epoch second of the bar's start, UTC
 * @param open first price; prices may be 0 or negative, as those of futures and spreads
 * @param high highest price, not below any other
 * @param low lowest price, not above any other
 * @param close last price
 * @param volume 0 or more; fractions of a share are possible
 */
public record Bar(long start, Decimal open, Decimal high, Decimal low, Decimal close, Decimal volume) {

    /**
     * Returns this bar with no more decimals than there is room for beside its largest price: a price of 12 digits
     * before the point leaves 6 decimals to the others. Prices change only if the largest is 10^9 or more.
     */
    public Bar withCommonScale() {
        int scale = priceScale();
        while (!(open.fits(scale) && high.fits(scale) && low.fits(scale) && close.fits(scale))) {
            scale--;
        }
        return scale == priceScale()
                ? this
                : with(open.rounded(scale), high.rounded(scale), low.rounded(scale), close.rounded(scale), volume);
    }

    /** Returns this bar with other prices and another volume. */
    public Bar with(Decimal open, Decimal high, Decimal low, Decimal close, Decimal volume) {
        return new Bar(start, open, high, low, close, volume);
    }

    /**
     * Returns whether this bar can be stored: high and low are around the other prices, and the volume is not negative.
     */
    public boolean isConsistent() {
        return low.compareTo(open) <= 0
                && low.compareTo(close) <= 0
                && high.compareTo(open) >= 0
                && high.compareTo(close) >= 0
                && volume.unscaled() >= 0
                && withCommonScale().equals(this);
    }

    /** Returns the number of decimals that shows all prices exactly, 0 to {@value Decimal#MAX_SCALE}. */
    public int priceScale() {
        return Math.max(Math.max(open.scale(), high.scale()), Math.max(low.scale(), close.scale()));
    }
}
