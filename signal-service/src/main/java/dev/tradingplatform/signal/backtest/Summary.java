package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.bar.Bars;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A backtest in a few numbers. Immutable. Parts are fractions: 0.25 is a quarter.
 *
 * @param from start of the first bar; null without bars
 * @param to start of the last bar; null without bars
 * @param bars how many there were
 * @param finalEquity worth of everything at the last close
 * @param gain what that is more than the cash, as a part of the cash
 * @param buyAndHold what buying at the first open and holding would have been worth
 * @param maxDrawdown deepest fall of the equity
 * @param trades how many were closed
 * @param wins how many of them brought a profit
 * @param winRate part of them that did; null when there was none
 * @param exposure part of the bars at whose close something was held
 * @param commissionPaid for all fills
 * @param profitFactor profits of the trades that won, divided by the losses of the others; null if there was no loss
 * @param performance return and risk for a year
 */
public record Summary(
        @Nullable Instant from,
        @Nullable Instant to,
        int bars,
        double finalEquity,
        double gain,
        BuyAndHold buyAndHold,
        DatedDrawdown maxDrawdown,
        int trades,
        int wins,
        @Nullable Double winRate,
        double exposure,
        double commissionPaid,
        @Nullable Double profitFactor,
        Performance performance) {

    /** Shares bought at the first open with all the cash, and what they were worth at the last close. */
    public record BuyAndHold(BigDecimal shares, double finalEquity, double gain) {}

    /**
     * The deepest fall of the equity.
     *
     * @param fraction part of the equity at the peak that was lost
     * @param peak last bar before the fall; null when there was none
     * @param trough deepest bar; null when there was none
     * @param recovered first bar after it that was as high as the peak; null when there is none yet
     */
    public record DatedDrawdown(
            double fraction,
            @Nullable Instant peak,
            @Nullable Instant trough,
            @Nullable Instant recovered) {

        static DatedDrawdown of(Drawdown drawdown, Bars bars, int first) {
            return new DatedDrawdown(
                    drawdown.fraction(),
                    date(drawdown.peak(), bars, first),
                    date(drawdown.trough(), bars, first),
                    date(drawdown.recovered(), bars, first));
        }

        private static @Nullable Instant date(int index, Bars bars, int first) {
            return index < 0 ? null : bars.timestamp(first + index);
        }
    }

    static Summary of(Period period, Rules rules, Curves curves, Account account, int barsHeld) {
        int size = curves.equity().length;
        double finalEquity = size == 0 ? rules.cash() : curves.equity()[size - 1];
        double held = size == 0 ? rules.cash() : curves.buyAndHold()[size - 1];
        List<Trade> trades = account.trades();
        int wins = (int) trades.stream().filter(trade -> trade.profit() > 0).count();
        return new Summary(
                size == 0 ? null : period.bars().timestamp(period.first()),
                size == 0 ? null : period.bars().timestamp(period.end() - 1),
                size,
                finalEquity,
                finalEquity / rules.cash() - 1,
                new BuyAndHold(curves.sharesHeld(), held, held / rules.cash() - 1),
                DatedDrawdown.of(Drawdown.deepest(curves.equity()), period.bars(), period.first()),
                trades.size(),
                wins,
                trades.isEmpty() ? null : (double) wins / trades.size(),
                size == 0 ? 0 : (double) barsHeld / size,
                account.commissionPaid(),
                profitFactor(trades),
                Performance.of(period, rules.cash(), curves.equity()));
    }

    private static @Nullable Double profitFactor(List<Trade> trades) {
        double won = trades.stream()
                .mapToDouble(Trade::profit)
                .filter(profit -> profit > 0)
                .sum();
        double lost = trades.stream()
                .mapToDouble(Trade::profit)
                .filter(profit -> profit < 0)
                .sum();
        return lost < 0 ? (Double) (won / -lost) : null;
    }
}
