package dev.tradingplatform.signal.chart;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.answer.Answers;
import dev.tradingplatform.signal.answer.Column;
import dev.tradingplatform.signal.answer.Format;
import dev.tradingplatform.signal.answer.JsonNumbers;
import dev.tradingplatform.signal.answer.SeriesParameters;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.computed.Computations;
import dev.tradingplatform.signal.indicator.Indicator;
import dev.tradingplatform.signal.indicator.IndicatorRequest;
import dev.tradingplatform.signal.indicator.Indicators;
import dev.tradingplatform.signal.market.SeriesKey;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.market.Split;
import dev.tradingplatform.signal.market.StockQuotes;
import dev.tradingplatform.signal.market.Timeframe;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.query.Window;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.WebRequest;

@RestController
@RequestMapping("/api/v1")
class ChartController {

    private final StockQuotes quotes;
    private final Computations computations;

    ChartController(StockQuotes quotes, Computations computations) {
        this.quotes = quotes;
        this.computations = computations;
    }

    record IndicatorCatalogue(List<Entry> indicators) {

        record Entry(@JsonUnwrapped Description description, boolean overlay) {

            static Entry of(Indicator indicator) {
                return new Entry(indicator.description(), indicator.overlay());
            }
        }
    }

    @GetMapping("/indicators")
    IndicatorCatalogue indicators(@RequestParam Map<String, String> parameters) {
        new Query(parameters).finish();
        return new IndicatorCatalogue(
                Indicators.all().stream().map(IndicatorCatalogue.Entry::of).toList());
    }

    @GetMapping("/tickers")
    ListedTickers tickers(@RequestParam Map<String, String> parameters) {
        Query query = new Query(parameters);
        Timeframe timeframe = query.finish(() -> query.take("timeframe", Timeframe.DAY, Timeframe::of));
        return ListedTickers.of(quotes.tickers(), timeframe);
    }

    @GetMapping("/bars/{ticker}")
    ResponseEntity<Object> bars(
            @PathVariable("ticker") String name, @RequestParam Map<String, String> parameters, WebRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Query query = new Query(parameters);
        Optional<SeriesKey> read = SeriesParameters.of(query, name);
        Format format = Format.of(query, request, Format.JSON, Format.CSV);
        JsonNumbers numbers = query.take("numbers", JsonNumbers.NUMBER);
        Window window = query.finish(() -> Window.of(query));

        SeriesKey key = read.orElseThrow();
        SourcedBars sourced = quotes.bars(key);
        return Answers.kept(sourced, format, request, () -> {
            Chart chart = chart(
                    key,
                    sourced,
                    shown(columns(sourced.bars()), sourced, window, numbers),
                    window,
                    Optional.of(quotes.splits(key, sourced)));
            return format == Format.CSV ? chart.table("bars") : chart;
        });
    }

    private static Map<String, double[]> columns(Bars bars) {
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("open", bars.open());
        columns.put("high", bars.high());
        columns.put("low", bars.low());
        columns.put("close", bars.close());
        columns.put("volume", bars.volume());
        return columns;
    }

    @GetMapping("/indicators/{ticker}")
    ResponseEntity<Object> indicators(
            @PathVariable("ticker") String name, @RequestParam Map<String, String> parameters, WebRequest request)
            throws HttpMediaTypeNotAcceptableException {
        Query query = new Query(parameters);
        Optional<SeriesKey> read = SeriesParameters.of(query, name);
        String wanted = query.take("i").orElse("");
        Window window = Window.of(query);
        Format format = Format.of(query, request, Format.JSON, Format.CSV);
        JsonNumbers numbers = query.take("numbers", JsonNumbers.NUMBER);
        List<IndicatorRequest> requests = query.finish(() -> IndicatorRequest.parseAll(wanted));

        SeriesKey key = read.orElseThrow();
        SourcedBars sourced = quotes.bars(key);
        return Answers.kept(sourced, format, request, () -> {
            Map<String, double[]> columns = new LinkedHashMap<>();
            requests.forEach(each -> columns.putAll(computations.series(key, sourced, each)));
            Chart chart = chart(key, sourced, shown(columns, sourced, window, numbers), window, Optional.empty());
            return format == Format.CSV ? chart.table("indicators") : chart;
        });
    }

    private static Map<String, Column> shown(
            Map<String, double[]> columns, SourcedBars sourced, Window window, JsonNumbers numbers) {
        int first = window.first(sourced.bars());
        int end = window.behindLast(sourced.bars());
        Map<String, Column> shown = new LinkedHashMap<>();
        columns.forEach((name, values) -> shown.put(name, new Column(values, first, end, numbers)));
        return shown;
    }

    private static Chart chart(
            SeriesKey key,
            SourcedBars sourced,
            Map<String, Column> series,
            Window window,
            Optional<List<Split>> splits) {
        Bars bars = sourced.bars();
        int first = window.first(bars);
        int end = window.behindLast(bars);
        return new Chart(
                key,
                end - first,
                IntStream.range(first, end).mapToObj(bars::timestamp).toList(),
                series,
                splits,
                sourced.source());
    }
}
