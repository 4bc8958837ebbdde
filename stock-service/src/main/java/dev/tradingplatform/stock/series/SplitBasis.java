package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.StoredBar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Puts bars on the basis of a series' newest bar: before a split of 10 for 1 prices are divided and volumes multiplied
 * by 10. The fractions are exact and rounded once, half to even, as {@link Decimal} is. The version is that of the
 * stored bar. A bar with a number that cannot be stored is refused, and one with a number that rounding would make 0.
 */
final class SplitBasis implements UnaryOperator<StoredBar> {

    /** More digits than any number that can be stored has. */
    private static final MathContext DIVISION = new MathContext(60, RoundingMode.HALF_EVEN);

    private final SeriesKey key;
    private final List<Step> steps = new ArrayList<>();

    /**
     * Works out the factors.
     *
     * @param key the series of the bars, for whoever must be told that they cannot be adjusted
     * @param splits oldest first
     * @param newest start of the newest bar: a split after it has not taken effect
     */
    SplitBasis(SeriesKey key, List<Split> splits, long newest) {
        this.key = key;
        BigInteger numerator = BigInteger.ONE;
        BigInteger denominator = BigInteger.ONE;
        for (Split split : splits.reversed()) {
            if (split.start() <= newest) {
                numerator = numerator.multiply(BigInteger.valueOf(split.numerator()));
                denominator = denominator.multiply(BigInteger.valueOf(split.denominator()));
                steps.addFirst(new Step(split.start(), new BigDecimal(numerator), new BigDecimal(denominator)));
            }
        }
    }

    /**
     * Adjusts a bar.
     *
     * @throws AdjustmentOutOfRangeException if that makes it one that could not be kept
     */
    @Override
    public StoredBar apply(StoredBar stored) {
        Bar bar = stored.bar();
        for (Step step : steps) {
            if (bar.start() < step.before()) {
                Bar adjusted = step.adjust(bar).orElseThrow(() -> new AdjustmentOutOfRangeException(key, bar.start()));
                return new StoredBar(adjusted, stored.version());
            }
        }
        return stored;
    }

    private record Step(long before, BigDecimal newShares, BigDecimal oldShares) {

        /** Returns nothing if a number is out of range. */
        Optional<Bar> adjust(Bar bar) {
            Optional<Decimal> open = price(bar.open());
            Optional<Decimal> high = price(bar.high());
            Optional<Decimal> low = price(bar.low());
            Optional<Decimal> close = price(bar.close());
            Optional<Decimal> volume = scaled(bar.volume(), newShares, oldShares);
            return open.isEmpty() || high.isEmpty() || low.isEmpty() || close.isEmpty() || volume.isEmpty()
                    ? Optional.empty()
                    : Optional.of(bar.with(open.get(), high.get(), low.get(), close.get(), volume.get())
                            .withCommonScale());
        }

        private Optional<Decimal> price(Decimal price) {
            return scaled(price, oldShares, newShares)
                    .filter(adjusted -> adjusted.unscaled() != 0 || price.unscaled() == 0);
        }

        private static Optional<Decimal> scaled(Decimal number, BigDecimal factor, BigDecimal divisor) {
            return Decimal.round(number.toBigDecimal().multiply(factor).divide(divisor, DIVISION));
        }
    }
}
