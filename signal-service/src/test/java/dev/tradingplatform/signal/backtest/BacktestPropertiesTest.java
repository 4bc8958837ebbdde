package dev.tradingplatform.signal.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.strategy.Side;
import dev.tradingplatform.signal.strategy.Strategies;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every strategy, on every series of prices. */
class BacktestPropertiesTest {

    private static final int SIZE = 400;

    static Stream<Arguments> everyStrategyAndSide() {
        return Strategies.all().stream()
                .flatMap(strategy -> Stream.of(Side.values())
                        .map(side -> Arguments.of(strategy.description().name(), side)));
    }

    private static Backtest backtest(String strategy, Side side, Bars bars) {
        return Backtest.of(
                Period.all(bars),
                StrategyRequest.of(strategy, Map.of()).evaluate(bars, side).events(),
                new Rules(10_000, 0.002, 0, side, Fill.NEXT_OPEN, Shares.FRACTIONAL));
    }

    @ParameterizedTest
    @MethodSource("everyStrategyAndSide")
    void cashAndPositionAreTheEquityAtEveryBar(String strategy, Side side) {
        for (long seed = 0; seed < 20; seed++) {
            Bars bars = SampleBars.randomWalk(seed, SIZE);
            Backtest backtest = backtest(strategy, side, bars);

            for (int i = 0; i < SIZE; i++) {
                assertThat(backtest.curves().equity()[i])
                        .as("seed %s, bar %s", seed, i)
                        .isCloseTo(cashAndPosition(backtest, bars, i), within(1e-7));
            }
        }
    }

    /** From the trades alone: what was paid, what was got, and what is held, each counted once it has happened. */
    private static double cashAndPosition(Backtest backtest, Bars bars, int bar) {
        List<Trade> all = new ArrayList<>(backtest.trades());
        backtest.position()
                .ifPresent(open ->
                        all.add(new Trade(open.holding(), SampleBars.day(SIZE), open.price(), "", open.commission())));
        double worth = 10_000;
        for (Trade trade : all) {
            Holding holding = trade.holding();
            boolean entered = !bars.timestamp(bar).isBefore(holding.entryTime());
            boolean left = !bars.timestamp(bar).isBefore(trade.exitTime());
            double sign = holding.side().name().equals("SHORT") ? -1 : 1;
            if (entered) {
                double price = left ? trade.exitPrice() : bars.close()[bar];
                worth += sign * holding.shares().doubleValue() * (price - holding.entryPrice());
                worth -= 0.002 * holding.shares().doubleValue() * holding.entryPrice();
            }
            if (left) {
                worth -= 0.002 * holding.shares().doubleValue() * trade.exitPrice();
            }
        }
        return worth;
    }

    @ParameterizedTest
    @MethodSource("everyStrategyAndSide")
    void laterBarsChangeNothingThatHasBeen(String strategy, Side side) {
        Bars bars = SampleBars.randomWalk(42, SIZE);
        Backtest whole = backtest(strategy, side, bars);

        for (int size = 0; size <= SIZE; size += 7) {
            Backtest begun = backtest(strategy, side, SampleBars.first(size, bars));

            assertThat(begun.curves().equity())
                    .isEqualTo(Arrays.copyOf(whole.curves().equity(), size));
            assertThat(begun.trades())
                    .isEqualTo(whole.trades().subList(0, begun.trades().size()));
            int length = size;
            assertThat(whole.trades().stream().filter(trade -> trade.exitTime().isBefore(SampleBars.day(length))))
                    .as("trades closed within the first %s bars", size)
                    .isEqualTo(begun.trades());
        }
    }

    @ParameterizedTest
    @MethodSource("everyStrategyAndSide")
    void everyFillIsAtTheOpenOfTheBarAfterItsEvent(String strategy, Side side) {
        Bars bars = SampleBars.randomWalk(7, 3 * SIZE);
        List<String> next = StrategyRequest.of(strategy, Map.of()).evaluate(bars, side).events().stream()
                .map(event -> bars.indexFrom(event.timestamp()) + 1)
                .filter(index -> index < bars.size())
                .map(index -> bars.timestamp(index) + " at " + bars.open()[index])
                .toList();

        List<Trade> trades = backtest(strategy, side, bars).trades();

        assertThat(trades).isNotEmpty();
        for (Trade trade : trades) {
            assertThat(next)
                    .contains(
                            trade.holding().entryTime() + " at "
                                    + trade.holding().entryPrice(),
                            trade.exitTime() + " at " + trade.exitPrice());
        }
    }

    @ParameterizedTest
    @MethodSource("everyStrategyAndSide")
    void sameBarsGiveTheSameAnswer(String strategy, Side side) {
        Backtest one = backtest(strategy, side, SampleBars.randomWalk(3, SIZE));
        Backtest other = backtest(strategy, side, SampleBars.randomWalk(3, SIZE));

        assertThat(one.summary()).isEqualTo(other.summary());
        assertThat(one.trades()).isEqualTo(other.trades());
        assertThat(one.curves().equity()).isEqualTo(other.curves().equity());
    }

    @ParameterizedTest
    @MethodSource("everyStrategyAndSide")
    void tradesAddUpToTheFinalEquity(String strategy, Side side) {
        Backtest backtest = backtest(strategy, side, SampleBars.randomWalk(11, SIZE));

        double profits = backtest.trades().stream().mapToDouble(Trade::profit).sum()
                + backtest.position().map(OpenPosition::profit).orElse(0.0);

        assertThat(backtest.summary().finalEquity()).isCloseTo(10_000 + profits, within(1e-7));
    }
}
