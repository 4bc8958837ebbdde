package dev.tradingplatform.signal.signal;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Arguments;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.market.StockQuotes;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.query.Window;
import dev.tradingplatform.signal.strategy.Evaluation;
import dev.tradingplatform.signal.strategy.Event;
import dev.tradingplatform.signal.strategy.Side;
import dev.tradingplatform.signal.strategy.Strategies;
import dev.tradingplatform.signal.strategy.Strategy;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class SignalController {

    private final StockQuotes quotes;

    SignalController(StockQuotes quotes) {
        this.quotes = quotes;
    }

    record StrategyCatalogue(List<Description> strategies) {}

    @GetMapping("/strategies")
    StrategyCatalogue strategies() {
        return new StrategyCatalogue(
                Strategies.all().stream().map(Strategy::description).toList());
    }

    @GetMapping("/signals/{ticker}")
    TickerSignal signal(@PathVariable("ticker") String name, @RequestParam Map<String, String> parameters) {
        Ticker ticker = new Ticker(name);
        Query query = new Query(parameters);
        Strategy strategy = Strategies.named(query.take("strategy").orElse("sma-cross"));
        Side side = query.take("side", Side.LONG);
        Window window = Window.of(query);
        Arguments arguments = Arguments.named(strategy.description().parameters(), query.rest());
        // Refuses what does not go together before stock-service is asked
        strategy.requiredBars(arguments);

        SourcedBars sourced = quotes.bars(ticker);
        Evaluation evaluation = Evaluation.of(strategy, arguments, sourced.bars(), side);
        return new TickerSignal(
                ticker,
                strategy.description().name(),
                arguments.values(),
                evaluation.standing(),
                evaluation.warmup(),
                within(window, sourced.bars(), evaluation.events()),
                sourced.source());
    }

    private static List<Event> within(Window window, Bars bars, List<Event> events) {
        int first = window.first(bars);
        int end = window.behindLast(bars);
        return events.stream()
                .filter(event -> {
                    int index = bars.indexFrom(event.timestamp());
                    return index >= first && index < end;
                })
                .toList();
    }
}
