package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.bar.Bars;
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
        double commissionPaid) {

    /** Whole shares bought at the first open with everything there is, and what they were worth at the last close. */
    public record BuyAndHold(long shares, double finalEquity, double gain) {}

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
                account.commissionPaid());
    }
}
