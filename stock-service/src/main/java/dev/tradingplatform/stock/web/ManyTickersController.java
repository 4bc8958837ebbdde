package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.quote.Bars;
import dev.tradingplatform.stock.quote.Order;
import dev.tradingplatform.stock.quote.Snapshot;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The newest bars of several tickers. */
@RestController
class ManyTickersController {

    private static final int MAX_TICKERS = 100;
    private static final int MAX_BARS = 1000;
    private static final int DEFAULT_BARS = 250;

    private final Bars bars;

    ManyTickersController(Bars bars) {
        this.bars = bars;
    }

    @GetMapping("/api/v1/data")
    ResponseEntity<byte[]> read(HttpServletRequest request) {
        Query query = Query.of(request);
        Map<String, List<StoredBar>> found = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<Long> revisions = new ArrayList<>();
        for (Ticker ticker : query.tickers()) {
            SeriesKey key = new SeriesKey(ticker, query.timeframe());
            Optional<Snapshot> snapshot = bars.read(key, query.range(), Order.DESC, query.last());
            snapshot.ifPresentOrElse(
                    series -> found.put(ticker.symbol(), series.bars().reversed()), () -> missing.add(ticker.symbol()));
            revisions.add(snapshot.map(series -> series.series().revision()).orElse(0L));
        }
        String tag = EntityTags.of(revisions.stream().mapToLong(Long::longValue).sum(), query + " " + revisions);
        ResponseEntity.BodyBuilder answer = EntityTags.tagged(ResponseEntity.ok(), tag);
        if (EntityTags.isKnown(request, tag)) {
            return EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                    .build();
        }
        return answer.contentType(query.representation().mediaType())
                .body(
                        query.representation() == Representation.CSV
                                ? BarsCsv.many(found)
                                : BarsJson.many(query.timeframe().code(), found, missing));
    }

    private record Query(
            List<Ticker> tickers, Timeframe timeframe, TimeRange range, int last, Representation representation) {

        static Query of(HttpServletRequest request) {
            QueryParameters parameters = new QueryParameters(request);
            List<Ticker> tickers = tickers(parameters);
            Timeframe timeframe = parameters.timeframe();
            TimeRange range = SeriesQuery.range(parameters);
            int last = parameters.integer("last", MAX_BARS).orElse(DEFAULT_BARS);
            Representation representation = Representation.of(request, parameters);
            parameters.check();
            return new Query(tickers, timeframe, range, last, representation);
        }

        private static List<Ticker> tickers(QueryParameters parameters) {
            String text = parameters.text("tickers").orElse("");
            List<String> names = Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            if (names.isEmpty() || names.size() > MAX_TICKERS) {
                parameters.refuse("tickers", "out-of-range", text, "1 to " + MAX_TICKERS + " tickers, comma-separated");
            }
            return names.stream().map(parameters::ticker).distinct().toList();
        }
    }
}
