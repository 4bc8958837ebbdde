package dev.tradingplatform.signal.signal;

import dev.tradingplatform.signal.answer.Csv;
import dev.tradingplatform.signal.backtest.Backtest;
import dev.tradingplatform.signal.backtest.Holding;
import dev.tradingplatform.signal.backtest.OpenPosition;
import dev.tradingplatform.signal.backtest.Trade;
import dev.tradingplatform.signal.market.Ticker;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The trades of a backtest as a table, the open position last and without an exit. */
final class TradeTable {

    private static final List<String> HEADER = List.of(
            "side",
            "shares",
            "entryTime",
            "entryPrice",
            "exitTime",
            "exitPrice",
            "commission",
            "profit",
            "return",
            "entryReason",
            "exitReason");

    private TradeTable() {}

    static Csv of(Ticker ticker, Backtest backtest) {
        return new Csv(
                ticker + "-backtest",
                HEADER,
                Stream.concat(
                        backtest.trades().stream().map(TradeTable::closed),
                        backtest.position().stream().map(TradeTable::open)));
    }

    private static List<String> closed(Trade trade) {
        return row(
                trade.holding(),
                List.of(trade.exitTime().toString(), plain(trade.exitPrice())),
                numbers(trade.commission(), trade.profit(), trade.profitRatio()),
                trade.exitReason());
    }

    private static List<String> open(OpenPosition open) {
        return row(open.holding(), List.of("", ""), numbers(open.commission(), open.profit(), open.profitRatio()), "");
    }

    private static List<String> row(Holding holding, List<String> exit, List<String> numbers, String exitReason) {
        List<String> row = new ArrayList<>(HEADER.size());
        row.add(holding.side().name());
        row.add(holding.shares().toPlainString());
        row.add(holding.entryTime().toString());
        row.add(plain(holding.entryPrice()));
        row.addAll(exit);
        row.addAll(numbers);
        row.add(holding.entryReason());
        row.add(exitReason);
        return row;
    }

    private static List<String> numbers(double... numbers) {
        return DoubleStream.of(numbers).mapToObj(TradeTable::plain).toList();
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).toPlainString();
    }
}
