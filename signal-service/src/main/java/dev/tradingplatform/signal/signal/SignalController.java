package dev.tradingplatform.signal.signal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.answer.Answers;
import dev.tradingplatform.signal.answer.SeriesParameters;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.computed.Computations;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.market.StockQuotes;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.query.Window;
import dev.tradingplatform.signal.strategy.Evaluation;
import dev.tradingplatform.signal.strategy.Event;
import dev.tradingplatform.signal.strategy.Side;
import dev.tradingplatform.signal.strategy.Strategies;
import dev.tradingplatform.signal.strategy.Strategy;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class SignalController {

    private final StockQuotes quotes;
    private final Computations computations;

    SignalController(StockQuotes quotes, Computations computations) {
        this.quotes = quotes;
        this.computations = computations;
    }

    record StrategyCatalogue(List<Entry> strategies) {

        record Entry(@JsonUnwrapped Description description, String strength) {

            static Entry of(Strategy strategy) {
                return new Entry(strategy.description(), strategy.strength());
            }
        }
    }

    @GetMapping("/strategies")
    StrategyCatalogue strategies(@RequestParam Map<String, String> parameters) {
        new Query(parameters).finish();
        return new StrategyCatalogue(
                Strategies.all().stream().map(StrategyCatalogue.Entry::of).toList());
    }

    @GetMapping("/signals/{ticker}")
    ResponseEntity<TickerSignal> signal(
            @PathVariable("ticker") String name, @RequestParam Map<String, String> parameters) {
        Query query = new Query(parameters);
        Optional<SeriesKey> read = SeriesParameters.of(query, name);
        String named = query.take("strategy").orElse("sma-cross");
        Side side = query.take("side", Side.LONG);
        Window window = Window.of(query);
        StrategyRequest strategy = query.finish(() -> StrategyRequest.of(named, query.rest()));

        SeriesKey key = read.orElseThrow();
        SourcedBars sourced = quotes.bars(key);
        Evaluation evaluation = computations.evaluation(key, sourced, strategy, side);
        return Answers.now(
                sourced.source(),
                new TickerSignal(
                        key,
                        strategy.name(),
                        strategy.arguments().values(),
                        evaluation.standing(),
                        evaluation.warmup(),
                        within(window, sourced.bars(), evaluation.events()),
                        sourced.source()));
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
