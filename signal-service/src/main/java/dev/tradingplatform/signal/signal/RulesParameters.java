package dev.tradingplatform.signal.signal;

import dev.tradingplatform.signal.backtest.Fill;
import dev.tradingplatform.signal.backtest.Rules;
import dev.tradingplatform.signal.backtest.Shares;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.strategy.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The parameters of a backtest that say how a strategy is followed. */
final class RulesParameters {

    private static final List<String> NUMBERS = List.of("cash", "commission", "slippage");

    private RulesParameters() {}

    /** Takes them from a request; refused values are reported when the query is finished. */
    static Rules of(Query query) {
        Side side = query.take("side", Side.LONG);
        Fill fill = query.take("fill", Fill.NEXT_OPEN);
        Shares shares = query.take("shares", Shares.FRACTIONAL);
        Map<String, String> numbers = new HashMap<>();
        NUMBERS.forEach(name -> query.take(name).ifPresent(value -> numbers.put(name, value)));
        return query.read(() -> Rules.of(numbers, side, fill, shares), Rules.of(Map.of(), side, fill, shares));
    }
}
