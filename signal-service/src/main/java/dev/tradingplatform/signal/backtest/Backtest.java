package dev.tradingplatform.signal.backtest;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.strategy.Event;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What following events would have brought. Immutable.
 *
 * @param summary in a few numbers
 * @param trades that were closed, oldest first
 * @param position what is still held at the end
 * @param pending the event of the last bar, which waits for the next open
 * @param unaffordable the first entry for which the cash bought no share
 * @param curves worth at each close
 */
public record Backtest(
        Summary summary,
        List<Trade> trades,
        Optional<OpenPosition> position,
        Optional<Event> pending,
        Optional<Unaffordable> unaffordable,
        Curves curves) {

    private static final String RUINED = "nothing is left to cover the short position with";

    /** Copies the list. */
    public Backtest {
        trades = List.copyOf(trades);
    }

    /**
     * Follows events: each is acted on at the open of the bar after it, with all the money there is. One begins without
     * shares, so events before the period count for nothing. A short position that has eaten up everything is bought
     * back at that close, and nothing is entered any more.
     *
     * @param events of the period's bars, oldest first
     * @throws PriceNotAboveZeroException if an open or a close of the period is 0 or less
     */
    public static Backtest of(Period period, List<Event> events, Rules rules) {
        check(period, "open", period.bars().open());
        check(period, "close", period.bars().close());
        return new Run(period, rules).follow(events);
    }

    private static void check(Period period, String name, double[] prices) {
        for (int i = period.first(); i < period.end(); i++) {
            if (prices[i] <= 0) {
                throw new PriceNotAboveZeroException(name, period.bars().timestamp(i), prices[i]);
            }
        }
    }

    private static final class Run {

        private final Period period;
        private final Bars bars;
        private final Rules rules;
        private final Account account;
        private final double[] equity;
        private int barsHeld;
        private @Nullable Event pending;

        Run(Period period, Rules rules) {
            this.period = period;
            this.bars = period.bars();
            this.rules = rules;
            this.account = new Account(rules);
            this.equity = new double[period.size()];
        }

        Backtest follow(List<Event> events) {
            Iterator<Event> coming = events.stream()
                    .filter(event -> bars.indexFrom(event.timestamp()) >= period.first())
                    .iterator();
            Event next = following(coming);
            for (int i = period.first(); i < period.end(); i++) {
                pass(i);
                if (next != null && next.timestamp().equals(bars.timestamp(i))) {
                    pending = next;
                    next = following(coming);
                }
            }
            return result();
        }

        private static @Nullable Event following(Iterator<Event> coming) {
            return coming.hasNext() ? coming.next() : null;
        }

        private void pass(int i) {
            if (pending != null) {
                account.follow(pending, bars.timestamp(i), bars.open()[i]);
                pending = null;
            }
            double close = bars.close()[i];
            if (account.equity(close) <= 0) {
                account.leave(bars.timestamp(i), close, RUINED);
            }
            equity[i - period.first()] = account.equity(close);
            barsHeld += account.holds() ? 1 : 0;
        }

        private Backtest result() {
            Curves curves = Curves.beside(equity, period, rules);
            Optional<OpenPosition> position =
                    equity.length == 0 ? Optional.empty() : account.position(bars.close()[period.end() - 1]);
            return new Backtest(
                    Summary.of(period, rules, curves, account, barsHeld),
                    account.trades(),
                    position,
                    Optional.ofNullable(pending),
                    account.unaffordable(),
                    curves);
        }
    }
}
