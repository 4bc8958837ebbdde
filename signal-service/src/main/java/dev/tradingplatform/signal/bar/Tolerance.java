package dev.tradingplatform.signal.bar;

/**
 * The one rule for when numbers that were computed from prices count as equal. Prices are decimals, and a computer
 * rounds them to binary fractions: 50.8 - 50.7 and 50.2 - 50.1 differ in the last bit, although both are 0.1. Two
 * numbers are equal if their difference is not larger than what such rounding adds up to.
 */
public enum Tolerance {
    /**
     * For the difference of two changes of a price, in which four prices have part: four times the rounding of one.
     * Decimals of up to 15 digits that differ, differ by more.
     */
    OF_CHANGES(0x1p-50),

    /** For the difference of two means of up to 1,000 prices: several times the rounding of their sums. */
    OF_MEANS(1e-12);

    private final double share;

    Tolerance(double share) {
        this.share = share;
    }

    /**
     * Returns 1 if one number is above another, -1 if it is below, and 0 if they are equal; NaN for NaN.
     *
     * @param difference of the two numbers
     * @param scale how large the prices are that the numbers were computed from; the sign has no effect
     */
    public double sign(double difference, double scale) {
        return Math.abs(difference) <= share * Math.abs(scale) ? 0 : Math.signum(difference);
    }
}
