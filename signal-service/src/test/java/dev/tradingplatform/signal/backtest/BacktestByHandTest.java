package dev.tradingplatform.signal.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.strategy.Action;
import dev.tradingplatform.signal.strategy.Event;
import dev.tradingplatform.signal.strategy.Position;
import dev.tradingplatform.signal.strategy.Side;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Worked out on paper. */
class BacktestByHandTest {

    private static final Offset<Double> EXACT = within(1e-12);

    /** Opens and closes that differ, so that filling at the wrong one shows. */
    private static final Bars BARS =
            SampleBars.rows(bar(10, 10), bar(10, 9), bar(9, 11), bar(12, 12), bar(13, 8), bar(7, 7.5));

    private static final Event BUY = new Event(SampleBars.day(2), Action.BUY, 11, "up");
    private static final Event SELL = new Event(SampleBars.day(4), Action.SELL, 8, "down");

    private static double[] bar(double open, double close) {
        return new double[] {open, Math.max(open, close), Math.min(open, close), close, 1};
    }

    private static Rules rules(double cash, double commission, Side side) {
        return new Rules(cash, commission, 0, side, Fill.NEXT_OPEN, Shares.WHOLE);
    }

    @Test
    void buysWholeSharesWithAllTheCashAtTheNextOpenAndSellsAtTheNextOpen() {
        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY, SELL), rules(100, 0, Side.LONG));

        Holding eight = new Holding(Position.LONG, BigDecimal.valueOf(8), SampleBars.day(3), 12, "up");
        assertThat(backtest.trades()).containsExactly(new Trade(eight, SampleBars.day(5), 7, "down", 0));
        assertThat(backtest.trades().getFirst().profit()).isEqualTo(-40);
        assertThat(backtest.trades().getFirst().profitRatio()).isEqualTo(-40 / 96.0);
        assertThat(backtest.curves().equity()).containsExactly(100, 100, 100, 100, 68, 60);
        assertThat(backtest.position()).isEmpty();
        assertThat(backtest.pending()).isEmpty();
    }

    @Test
    void summaryIsWhatTheCurveSays() {
        Summary summary = Backtest.of(Period.all(BARS), List.of(BUY, SELL), rules(100, 0, Side.LONG))
                .summary();

        assertThat(summary.from()).isEqualTo(SampleBars.day(0));
        assertThat(summary.to()).isEqualTo(SampleBars.day(5));
        assertThat(summary.bars()).isEqualTo(6);
        assertThat(summary.finalEquity()).isEqualTo(60);
        assertThat(summary.gain()).isEqualTo(-0.4, EXACT);
        assertThat(summary.buyAndHold()).isEqualTo(new Summary.BuyAndHold(BigDecimal.TEN, 75, -0.25));
        assertThat(summary.maxDrawdown().fraction()).isEqualTo(0.4, EXACT);
        assertThat(summary.maxDrawdown().peak()).isEqualTo(SampleBars.day(3));
        assertThat(summary.maxDrawdown().trough()).isEqualTo(SampleBars.day(5));
        assertThat(summary.maxDrawdown().recovered()).isNull();
        assertThat(summary.trades()).isEqualTo(1);
        assertThat(summary.wins()).isZero();
        assertThat(summary.winRate()).isEqualTo(0.0);
        assertThat(summary.exposure()).isEqualTo(2 / 6.0);
    }

    @Test
    void commissionIsPaidOnEveryFillAndLeavesRoomForItself() {
        // 8 shares cost 96 and 0.96; sold for 56 less 0.56
        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY, SELL), rules(100, 0.01, Side.LONG));

        assertThat(backtest.trades().getFirst().commission()).isEqualTo(1.52, EXACT);
        assertThat(backtest.trades().getFirst().profit()).isEqualTo(-41.52, EXACT);
        assertThat(backtest.summary().commissionPaid()).isEqualTo(1.52, EXACT);
        assertThat(backtest.curves().equity()[3]).isEqualTo(99.04, EXACT);
        assertThat(backtest.summary().finalEquity()).isEqualTo(58.48, EXACT);
        // 96 would pay for eight shares, but not for their commission
        assertThat(Backtest.of(Period.all(BARS), List.of(BUY, SELL), rules(96, 0.01, Side.LONG))
                        .trades()
                        .getFirst()
                        .holding()
                        .shares())
                .isEqualTo("7");
    }

    @Test
    void sellTurnsShortAtTheSameOpenWhenBothSidesAreTaken() {
        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY, SELL), rules(100, 0, Side.BOTH));

        // 60 left at 7: 8 shares short; at 7.5 they cost 4 more than they brought
        assertThat(backtest.trades()).hasSize(1);
        assertThat(backtest.position())
                .contains(new OpenPosition(
                        new Holding(Position.SHORT, BigDecimal.valueOf(8), SampleBars.day(5), 7, "down"), 7.5, 0));
        assertThat(backtest.position().orElseThrow().profit()).isEqualTo(-4);
        assertThat(backtest.summary().finalEquity()).isEqualTo(56);
    }

    @Test
    void shortWinsWhatThePriceLoses() {
        Event sell = new Event(SampleBars.day(0), Action.SELL, 10, "down");
        Event buy = new Event(SampleBars.day(3), Action.BUY, 12, "up");
        Bars falling = SampleBars.rows(bar(10, 10), bar(10, 9), bar(9, 8), bar(8, 8), bar(6, 6));

        Backtest backtest = Backtest.of(Period.all(falling), List.of(sell, buy), rules(100, 0, Side.BOTH));

        assertThat(backtest.trades().getFirst().profit()).isEqualTo(40);
        assertThat(backtest.trades().getFirst().profitRatio()).isEqualTo(0.4);
        assertThat(backtest.curves().equity()).containsExactly(100, 110, 120, 120, 140);
        assertThat(backtest.summary().winRate()).isEqualTo(1.0);
        // 140 buys 23 shares at 6
        assertThat(backtest.position().orElseThrow().holding().shares()).isEqualTo("23");
    }

    @Test
    void openPositionIsMarkedAtTheLastCloseAndNotSold() {
        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY), rules(100, 0.01, Side.LONG));

        assertThat(backtest.trades()).isEmpty();
        assertThat(backtest.summary().trades()).isZero();
        assertThat(backtest.summary().winRate()).isNull();
        OpenPosition open = backtest.position().orElseThrow();
        assertThat(open.price()).isEqualTo(7.5);
        // no commission for a sale that has not been
        assertThat(open.profit()).isEqualTo(-36 - 0.96, EXACT);
        assertThat(backtest.summary().finalEquity()).isEqualTo(3.04 + 60, EXACT);
    }

    @Test
    void eventOfTheLastBarWaitsForAnOpenThatHasNotBeen() {
        Event last = new Event(SampleBars.day(5), Action.BUY, 7.5, "up");

        Backtest backtest = Backtest.of(Period.all(BARS), List.of(last), rules(100, 0, Side.LONG));

        assertThat(backtest.pending()).contains(last);
        assertThat(backtest.trades()).isEmpty();
        assertThat(backtest.position()).isEmpty();
        assertThat(backtest.curves().equity()).containsOnly(100);
    }

    @Test
    void withoutATradeTheEquityIsTheCash() {
        Backtest backtest = Backtest.of(Period.all(BARS), List.of(), rules(100, 0.01, Side.BOTH));

        assertThat(backtest.curves().equity()).containsOnly(100).hasSize(6);
        assertThat(backtest.summary().gain()).isZero();
        assertThat(backtest.summary().exposure()).isZero();
        assertThat(backtest.summary().maxDrawdown()).isEqualTo(new Summary.DatedDrawdown(0, null, null, null));
    }

    @Test
    void cashThatPaysForNoShareBuysNone() {
        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY, SELL), rules(11, 0, Side.LONG));

        assertThat(backtest.trades()).isEmpty();
        assertThat(backtest.curves().equity()).containsOnly(11);
    }

    @Test
    void shortThatEatsUpEverythingIsBoughtBackAndEndsTheTrading() {
        Bars rising = SampleBars.rows(bar(10, 10), bar(10, 10), bar(12, 25), bar(20, 15), bar(15, 16));
        Event sell = new Event(SampleBars.day(0), Action.SELL, 10, "down");
        Event buy = new Event(SampleBars.day(2), Action.BUY, 25, "up");

        Backtest backtest = Backtest.of(Period.all(rising), List.of(sell, buy), rules(100, 0, Side.BOTH));

        // 10 short at 10 make 200 in cash, and buying them back at 25 costs 250
        assertThat(backtest.curves().equity()).containsExactly(100, 100, -50, -50, -50);
        assertThat(backtest.trades()).hasSize(1);
        assertThat(backtest.trades().getFirst().exitReason())
                .isEqualTo("nothing is left to cover the short position with");
        assertThat(backtest.summary().maxDrawdown().fraction()).isEqualTo(1.5);
    }

    @Test
    void eventsBeforeThePeriodCountForNothing() {
        Backtest backtest = Backtest.of(new Period(BARS, 3, 6), List.of(BUY, SELL), rules(100, 0, Side.LONG));

        assertThat(backtest.trades()).isEmpty();
        assertThat(backtest.curves().equity()).containsExactly(100, 100, 100);
        assertThat(backtest.summary().from()).isEqualTo(SampleBars.day(3));
        // bought at that bar's open of 12
        assertThat(backtest.summary().buyAndHold()).isEqualTo(new Summary.BuyAndHold(BigDecimal.valueOf(8), 64, -0.36));
    }

    @Test
    void noBarsAreTheCashAndNothingElse() {
        Summary summary = Backtest.of(
                        new Period(BARS, 6, 6),
                        List.of(BUY),
                        Rules.of(Map.of(), Side.LONG, Fill.NEXT_OPEN, Shares.WHOLE))
                .summary();

        assertThat(summary.bars()).isZero();
        assertThat(summary.from()).isNull();
        assertThat(summary.finalEquity()).isEqualTo(10_000);
        assertThat(summary.buyAndHold().finalEquity()).isEqualTo(10_000);
    }

    @Test
    void drawdownRecoversAtTheFirstBarAsHighAsThePeak() {
        assertThat(Drawdown.deepest(new double[] {100, 120, 90, 110, 120, 60, 130, 125}))
                .isEqualTo(new Drawdown(0.5, 4, 5, 6));
        assertThat(Drawdown.deepest(new double[] {100, 50, 80})).isEqualTo(new Drawdown(0.5, 0, 1, -1));
        assertThat(Drawdown.deepest(new double[] {1, 2, 3})).isEqualTo(new Drawdown(0, -1, -1, -1));
        assertThat(Drawdown.deepest(new double[0])).isEqualTo(new Drawdown(0, -1, -1, -1));
    }

    @Test
    void buysFractionsOfSharesUnlessWholeOnesAreRequested() {
        Rules fractional = new Rules(100, 0, 0, Side.LONG, Fill.NEXT_OPEN, Shares.FRACTIONAL);

        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY, SELL), fractional);

        // 100 / 12, rounded down to 8 decimals
        assertThat(backtest.trades().getFirst().holding().shares()).isEqualTo("8.33333333");
        assertThat(backtest.summary().buyAndHold().shares()).isEqualTo("10");
        assertThat(backtest.summary().finalEquity()).isEqualTo(100 - 8.33333333 * 5, EXACT);
        assertThat(backtest.unaffordable()).isEmpty();
    }

    @Test
    void cashThatBuysNoShareIsReported() {
        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY, SELL), rules(11, 0.01, Side.LONG));

        assertThat(backtest.trades()).isEmpty();
        assertThat(backtest.unaffordable()).contains(new Unaffordable(SampleBars.day(3), 12, 11));
    }

    @Test
    void slippageMakesEveryFillWorse() {
        Rules slipping = new Rules(1000, 0, 0.01, Side.BOTH, Fill.NEXT_OPEN, Shares.WHOLE);

        Backtest backtest = Backtest.of(Period.all(BARS), List.of(BUY, SELL), slipping);

        // bought at 12 and sold at 7, then sold short at 7
        Trade trade = backtest.trades().getFirst();
        assertThat(trade.holding().entryPrice()).isEqualTo(12.12, EXACT);
        assertThat(trade.exitPrice()).isEqualTo(6.93, EXACT);
        assertThat(backtest.position().orElseThrow().holding().entryPrice()).isEqualTo(6.93, EXACT);
        // 1000 / 10.1 buys 99 at the first open, which are worth 7.5 each
        assertThat(backtest.summary().buyAndHold().finalEquity()).isEqualTo(1000 - 99 * 10.1 + 99 * 7.5, within(1e-9));
    }

    @Test
    void priceOfZeroOrLessInThePeriodIsRefused() {
        Bars negative = SampleBars.rows(bar(10, 10), bar(10, -9), bar(9, 11), bar(12, 12));

        assertThatThrownBy(() -> Backtest.of(Period.all(negative), List.of(), rules(100, 0, Side.LONG)))
                .isInstanceOf(PriceNotAboveZeroException.class)
                .hasMessage("A backtest needs positive prices, and the close at 2020-01-02T00:00:00Z is -9.0."
                        + " Choose a period without it by from and to.");
        assertThat(Backtest.of(new Period(negative, 2, 4), List.of(), rules(100, 0, Side.LONG))
                        .summary()
                        .finalEquity())
                .isEqualTo(100);
    }

    @Test
    void profitFactorIsProfitsByLosses() {
        Bars bars = SampleBars.closes(10, 10, 12, 12, 12, 9, 9);
        List<Event> events = List.of(
                new Event(SampleBars.day(0), Action.BUY, 10, "up"),
                new Event(SampleBars.day(1), Action.SELL, 10, "down"),
                new Event(SampleBars.day(2), Action.BUY, 12, "up"),
                new Event(SampleBars.day(4), Action.SELL, 12, "down"));

        Summary summary =
                Backtest.of(Period.all(bars), events, rules(120, 0, Side.LONG)).summary();

        // 12 shares from 10 to 12, then 12 shares from 12 to 9
        assertThat(summary.profitFactor()).isEqualTo(24 / 36.0);
    }
}
