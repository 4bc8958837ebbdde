package dev.tradingplatform.signal.chart;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.catalogue.Description;
import dev.tradingplatform.signal.catalogue.InvalidParameterException;
import dev.tradingplatform.signal.indicator.Indicator;
import dev.tradingplatform.signal.indicator.IndicatorRequest;
import dev.tradingplatform.signal.indicator.Indicators;
import dev.tradingplatform.signal.market.SourcedBars;
import dev.tradingplatform.signal.market.StockQuotes;
import dev.tradingplatform.signal.market.Ticker;
import dev.tradingplatform.signal.market.TickerList;
import dev.tradingplatform.signal.query.Query;
import dev.tradingplatform.signal.query.Window;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1")
class ChartController {

    private static final int MOST_INDICATORS = 20;

    private final StockQuotes quotes;

    ChartController(StockQuotes quotes) {
        this.quotes = quotes;
    }

    record IndicatorCatalogue(List<Entry> indicators) {

        record Entry(@JsonUnwrapped Description description, boolean overlay) {

            static Entry of(Indicator indicator) {
                return new Entry(indicator.description(), indicator.overlay());
            }
        }
    }

    @GetMapping("/indicators")
    IndicatorCatalogue indicators() {
        return new IndicatorCatalogue(
                Indicators.all().stream().map(IndicatorCatalogue.Entry::of).toList());
    }

    @GetMapping("/tickers")
    TickerList tickers() {
        return quotes.tickers();
    }

    @GetMapping("/bars/{ticker}")
    Chart bars(@PathVariable("ticker") String name, @RequestParam Map<String, String> parameters) {
        Ticker ticker = new Ticker(name);
        Query query = new Query(parameters);
        Window window = Window.of(query);
        query.refuseRest();

        SourcedBars sourced = quotes.bars(ticker);
        Bars bars = sourced.bars();
        Map<String, double[]> columns = new LinkedHashMap<>();
        columns.put("open", bars.open());
        columns.put("high", bars.high());
        columns.put("low", bars.low());
        columns.put("close", bars.close());
        columns.put("volume", bars.volume());
        return chart(ticker, sourced, window, columns);
    }

    @GetMapping("/indicators/{ticker}")
    Chart indicators(@PathVariable("ticker") String name, @RequestParam Map<String, String> parameters) {
        Ticker ticker = new Ticker(name);
        Query query = new Query(parameters);
        List<IndicatorRequest> requests = requests(query.take("i").orElse(""));
        Window window = Window.of(query);
        query.refuseRest();

        SourcedBars sourced = quotes.bars(ticker);
        Map<String, double[]> columns = new LinkedHashMap<>();
        requests.forEach(request -> columns.putAll(request.compute(sourced.bars())));
        return chart(ticker, sourced, window, columns);
    }

    private static List<IndicatorRequest> requests(String text) {
        List<String> parts = Arrays.asList(text.split(",", -1));
        if (text.isBlank() || parts.size() > MOST_INDICATORS) {
            throw new InvalidParameterException(
                    "i",
                    text,
                    "1 to %d indicators with commas between, such as sma:20,rsi:14".formatted(MOST_INDICATORS));
        }
        return parts.stream().map(IndicatorRequest::parse).toList();
    }

    private static Chart chart(Ticker ticker, SourcedBars sourced, Window window, Map<String, double[]> columns) {
        Bars bars = sourced.bars();
        int first = window.first(bars);
        int end = window.behindLast(bars);
        Map<String, Column> series = new LinkedHashMap<>();
        columns.forEach((name, values) -> series.put(name, new Column(values, first, end)));
        return new Chart(
                ticker,
                end - first,
                IntStream.range(first, end).mapToObj(bars::timestamp).toList(),
                series,
                sourced.source());
    }
}
