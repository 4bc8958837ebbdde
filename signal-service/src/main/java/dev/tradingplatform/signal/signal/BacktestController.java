package dev.tradingplatform.signal.signal;

import dev.tradingplatform.signal.answer.Answers;
import dev.tradingplatform.signal.answer.Format;
import dev.tradingplatform.signal.answer.SeriesParameters;
import dev.tradingplatform.signal.backtest.Backtest;
import dev.tradingplatform.signal.backtest.Period;
import dev.tradingplatform.signal.backtest.Rules;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.computed.Computations;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.market.StockQuotes;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.query.Window;
import dev.tradingplatform.signal.strategy.Evaluation;
import dev.tradingplatform.signal.strategy.StrategyRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
class BacktestController {

    private final StockQuotes quotes;
    private final Computations computations;

    BacktestController(StockQuotes quotes, Computations computations) {
        this.quotes = quotes;
        this.computations = computations;
    }

    private record Wanted(StrategyRequest strategy, Rules rules, Window window, Format format) {

        static Wanted of(Query query, WebRequest request) throws HttpMediaTypeNotAcceptableException {
            String named = query.take("strategy").orElse("sma-cross");
            Window window = Window.of(query);
            Format format = Format.of(query, request, Format.JSON, Format.CSV);
            Rules rules = RulesParameters.of(query);
            StrategyRequest strategy = query.finish(() -> StrategyRequest.of(named, query.rest()));
            return new Wanted(strategy, rules, window, format);
        }
    }

    @GetMapping("/api/v1/backtests/{ticker}")
    ResponseEntity<Object> backtest(
            @PathVariable("ticker") String name, @RequestParam Map<String, String> parameters, WebRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Query query = new Query(parameters);
        Optional<SeriesKey> read = SeriesParameters.of(query, name);
        Wanted wanted = Wanted.of(query, request);

        SeriesKey key = read.orElseThrow();
        SourcedBars sourced = quotes.bars(key);
        return Answers.kept(sourced, wanted.format(), request, () -> answer(key, wanted, sourced));
    }

    private Object answer(SeriesKey key, Wanted wanted, SourcedBars sourced) {
        Bars bars = sourced.bars();
        Evaluation evaluation = computations.evaluation(
                key, sourced, wanted.strategy(), wanted.rules().side());
        Period period =
                new Period(bars, wanted.window().first(bars), wanted.window().behindLast(bars));
        Backtest backtest = Backtest.of(period, evaluation.events(), wanted.rules());
        return wanted.format() == Format.CSV
                ? TradeTable.of(key.ticker(), backtest)
                : BacktestAnswer.of(
                        key,
                        wanted.strategy(),
                        wanted.rules(),
                        new BacktestAnswer.Tried(period, backtest, evaluation.warmup()),
                        sourced.source());
    }
}
