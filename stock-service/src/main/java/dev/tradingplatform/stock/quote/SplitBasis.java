package dev.tradingplatform.stock.quote;

import dev.tradingplatform.stock.bar.Bar;
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
 * by 10. Exact fractions, rounded once: prices to micros, half to even, volumes to 15 digits. A version stays that of
 * the bar as it is kept. What would be no price or volume the API takes is refused: one that is wrong by its size, or
 * 0, helps nobody.
 */
final class SplitBasis implements UnaryOperator<StoredBar> {

    private static final MathContext VOLUME_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    /** As of every price in micros and every volume that can be kept. */
    private static final int INTEGER_DIGITS = 15;

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

        /** Returns nothing if what comes out is out of range. */
        Optional<Bar> adjust(Bar bar) {
            BigDecimal volume =
                    BigDecimal.valueOf(bar.volume()).multiply(newShares).divide(oldShares, VOLUME_DIGITS);
            BigDecimal low = price(bar.low());
            BigDecimal high = price(bar.high());
            // Whatever lies between these two is in range if they are.
            return low.signum() > 0 && isShort(high) && isShort(volume)
                    ? Optional.of(new Bar(
                            bar.start(),
                            price(bar.open()).longValue(),
                            high.longValue(),
                            low.longValue(),
                            price(bar.close()).longValue(),
                            volume.doubleValue()))
                    : Optional.empty();
        }

        private BigDecimal price(long micros) {
            return BigDecimal.valueOf(micros).multiply(oldShares).divide(newShares, 0, RoundingMode.HALF_EVEN);
        }

        private static boolean isShort(BigDecimal number) {
            return (long) number.precision() - number.scale() <= INTEGER_DIGITS;
        }
    }
}
