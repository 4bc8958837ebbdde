package dev.tradingplatform.stock.quote;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.StoredBar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Puts bars on the basis of a series' newest bar: before a split of 10 for 1 prices are divided and volumes multiplied
 * by 10. Exact fractions, rounded once: prices to micros, half to even, volumes to 15 digits. A version stays that of
 * the bar as it is kept.
 */
final class SplitBasis implements UnaryOperator<StoredBar> {

    private static final MathContext VOLUME_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    private final List<Step> steps = new ArrayList<>();

    /**
     * Works out the factors.
     *
     * @param splits oldest first
     * @param newest start of the newest bar: a split after it has not taken effect
     */
    SplitBasis(List<Split> splits, long newest) {
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

    @Override
    public StoredBar apply(StoredBar stored) {
        Bar bar = stored.bar();
        for (Step step : steps) {
            if (bar.start() < step.before()) {
                return new StoredBar(step.adjust(bar), stored.version());
            }
        }
        return stored;
    }

    private record Step(long before, BigDecimal newShares, BigDecimal oldShares) {

        Bar adjust(Bar bar) {
            double volume = BigDecimal.valueOf(bar.volume())
                    .multiply(newShares)
                    .divide(oldShares, VOLUME_DIGITS)
                    .doubleValue();
            return new Bar(
                    bar.start(), price(bar.open()), price(bar.high()), price(bar.low()), price(bar.close()), volume);
        }

        private long price(long micros) {
            return BigDecimal.valueOf(micros)
                    .multiply(oldShares)
                    .divide(newShares, 0, RoundingMode.HALF_EVEN)
                    .longValue();
        }
    }
}
