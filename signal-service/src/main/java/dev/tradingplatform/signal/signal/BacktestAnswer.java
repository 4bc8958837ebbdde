package dev.tradingplatform.signal.signal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.answer.Column;
import dev.tradingplatform.signal.backtest.Backtest;
import dev.tradingplatform.signal.backtest.Holding;
import dev.tradingplatform.signal.backtest.OpenPosition;
import dev.tradingplatform.signal.backtest.Period;
import dev.tradingplatform.signal.backtest.Rules;
import dev.tradingplatform.signal.backtest.Summary;
import dev.tradingplatform.signal.backtest.Trade;
import dev.tradingplatform.signal.backtest.Unaffordable;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.Source;
import dev.tradingplatform.signal.strategy.Evaluation;
import dev.tradingplatform.signal.strategy.Event;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What following a strategy would have brought: JSON only.
 *
 * @param key whose bars, as ticker, timeframe and adjustment
 * @param strategy which rule
 * @param params every number of the rule, presets included
 * @param rules how it is followed
 * @param summary in a few numbers
 * @param trades that were closed, oldest first
 * @param position what is still held, marked at the last close
 * @param pending the event of the last bar, which waits for the next open
 * @param warnings sentences on what the numbers do not show; none for a usual backtest
 * @param equity worth at each close
 * @param warmup how many bars the rule needs and has
 * @param source where the bars came from
 */
record BacktestAnswer(
        @JsonUnwrapped SeriesKey key,
        String strategy,
        Map<String, BigDecimal> params,
        Rules rules,
        Summary summary,
        List<ClosedTrade> trades,
        Optional<MarkedPosition> position,
        Optional<Event> pending,
        List<String> warnings,
        Equity equity,
        Evaluation.Warmup warmup,
        Source source) {

    /** A trade with what it brought. */
    record ClosedTrade(
            @JsonUnwrapped Holding holding,
            Instant exitTime,
            double exitPrice,
            String exitReason,
            double commission,
            double profit,
            @JsonProperty("return") double profitRatio) {

        static ClosedTrade of(Trade trade) {
            return new ClosedTrade(
                    trade.holding(),
                    trade.exitTime(),
                    trade.exitPrice(),
                    trade.exitReason(),
                    trade.commission(),
                    trade.profit(),
                    trade.profitRatio());
        }
    }

    /** A holding with what it would bring. */
    record MarkedPosition(
            @JsonUnwrapped Holding holding,
            double price,
            double commission,
            double profit,
            @JsonProperty("return") double profitRatio) {

        static MarkedPosition of(OpenPosition open) {
            return new MarkedPosition(
                    open.holding(), open.price(), open.commission(), open.profit(), open.profitRatio());
        }
    }

    /** Worth at each close, and beside it that of buying and holding. */
    record Equity(List<Instant> timestamps, Column values, Column buyAndHold) {

        static Equity of(Period period, Backtest backtest) {
            return new Equity(
                    IntStream.range(period.first(), period.end())
                            .mapToObj(period.bars()::timestamp)
                            .toList(),
                    Column.of(backtest.curves().equity()),
                    Column.of(backtest.curves().buyAndHold()));
        }
    }

    static BacktestAnswer of(SeriesKey key, StrategyRequest strategy, Rules rules, Tried tried, Source source) {
        Backtest backtest = tried.backtest();
        return new BacktestAnswer(
                key,
                strategy.name(),
                strategy.arguments().values(),
                rules,
                backtest.summary(),
                backtest.trades().stream().map(ClosedTrade::of).toList(),
                backtest.position().map(MarkedPosition::of),
                backtest.pending(),
                backtest.unaffordable().map(BacktestAnswer::warning).stream().toList(),
                Equity.of(tried.period(), backtest),
                tried.warmup(),
                source);
    }

    private static String warning(Unaffordable entry) {
        return "A cash of %s bought no share at %s, where one cost %s. Use more cash, or shares=fractional."
                .formatted(amount(entry.cash()), entry.timestamp(), amount(entry.price()));
    }

    private static String amount(double money) {
        return BigDecimal.valueOf(money)
                .setScale(2, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** What was tried out, on which bars. */
    record Tried(Period period, Backtest backtest, Evaluation.Warmup warmup) {}
}
