package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.StoredBar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Puts bars on the basis of the newest bar of their series. Before a split of 10 for 1, prices are divided by 10 and
 * volumes multiplied by 10. Before the ex-date of a dividend, prices are multiplied by 1 - dividend / close, with the
 * close of the last bar before the ex-date: the method of CRSP, which Yahoo's adjusted close follows too. Numbers are
 * rounded once, half to even, as {@link Decimal} is. The version is that of the stored bar. A bar with a number that
 * cannot be stored is refused, and one with a number that rounding would make 0.
 */
final class AdjustedBasis implements UnaryOperator<StoredBar> {

    /** More digits than any number that can be stored has. */
    private static final MathContext DIGITS = new MathContext(60, RoundingMode.HALF_EVEN);

    private final SeriesKey key;
    private final NavigableMap<Long, Factor> byEnd = new TreeMap<>();

    /**
     * Computes the factors.
     *
     * @param splits oldest first
     * @param dividends oldest first
     * @param newest start of the newest bar: a split or a dividend after it has not taken effect
     */
    AdjustedBasis(SeriesKey key, List<Split> splits, List<Dividends.Paid> dividends, long newest) {
        this.key = key;
        NavigableMap<Long, Factor> changes = new TreeMap<>();
        for (Split split : splits) {
            changes.put(split.start(), Factor.NONE.and(split));
        }
        for (Dividends.Paid paid : dividends) {
            // The dividend is for a share after the splits of its date, the close for one before.
            long start = paid.dividend().start();
            Factor split = changes.getOrDefault(start, Factor.NONE);
            changes.put(start, split.and(paid, start, key));
        }
        Factor factor = Factor.NONE;
        for (var change : changes.headMap(newest, true).descendingMap().entrySet()) {
            factor = factor.and(change.getValue());
            byEnd.put(change.getKey(), factor);
        }
    }

    /**
     * Adjusts a bar.
     *
     * @throws AdjustmentOutOfRangeException if the result could not be stored
     */
    @Override
    public StoredBar apply(StoredBar stored) {
        var factor = byEnd.higherEntry(stored.bar().start());
        if (factor == null) {
            return stored;
        }
        Bar adjusted = factor.getValue()
                .apply(stored.bar())
                .orElseThrow(() ->
                        new AdjustmentOutOfRangeException(key, stored.bar().start()));
        return new StoredBar(adjusted, stored.version());
    }

    /**
     * What bars before an instant are multiplied by: volumes by new / old shares, prices by old / new shares and by the
     * part of the price that no dividend was paid of.
     */
    private record Factor(BigDecimal newShares, BigDecimal oldShares, BigDecimal withoutDividends) {

        static final Factor NONE = new Factor(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.ONE);

        Factor and(Split split) {
            return new Factor(
                    newShares.multiply(BigDecimal.valueOf(split.numerator())),
                    oldShares.multiply(BigDecimal.valueOf(split.denominator())),
                    withoutDividends);
        }

        Factor and(Dividends.Paid paid, long start, SeriesKey key) {
            BigDecimal dividend =
                    paid.dividend().amount().toBigDecimal().multiply(newShares).divide(oldShares, DIGITS);
            BigDecimal close = paid.close().toBigDecimal();
            if (close.compareTo(dividend) <= 0) {
                throw new AdjustmentOutOfRangeException(key, start);
            }
            return new Factor(
                    newShares,
                    oldShares,
                    withoutDividends.multiply(close.subtract(dividend)).divide(close, DIGITS));
        }

        Factor and(Factor other) {
            return new Factor(
                    newShares.multiply(other.newShares),
                    oldShares.multiply(other.oldShares),
                    withoutDividends.multiply(other.withoutDividends, DIGITS));
        }

        /** Returns nothing if a number is out of range. */
        Optional<Bar> apply(Bar bar) {
            Optional<Decimal> open = price(bar.open());
            Optional<Decimal> high = price(bar.high());
            Optional<Decimal> low = price(bar.low());
            Optional<Decimal> close = price(bar.close());
            Optional<Decimal> volume = scaled(bar.volume(), newShares, oldShares);
            return open.isEmpty() || high.isEmpty() || low.isEmpty() || close.isEmpty() || volume.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Bar(bar.start(), open.get(), high.get(), low.get(), close.get(), volume.get())
                            .withCommonScale());
        }

        private Optional<Decimal> price(Decimal price) {
            return scaled(price, oldShares.multiply(withoutDividends), newShares)
                    .filter(adjusted -> adjusted.unscaled() != 0 || price.unscaled() == 0);
        }

        private static Optional<Decimal> scaled(Decimal number, BigDecimal factor, BigDecimal divisor) {
            return Decimal.round(number.toBigDecimal().multiply(factor).divide(divisor, DIGITS));
        }
    }
}
