package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.series.Adjustment;
import dev.tradingplatform.stock.series.BarQuery;
import dev.tradingplatform.stock.series.Series;
import dev.tradingplatform.stock.series.SharedSnapshot;
import dev.tradingplatform.stock.series.SortOrder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The newest bars of several tickers, read one ticker at a time: all of them together would be many.
 *
 * @param query what was asked for
 * @param snapshot what there is
 */
record ManyTickers(Query query, SharedSnapshot snapshot) {

    private static final int MAX_TICKERS = 100;
    private static final int MAX_BARS = 1000;
    private static final int DEFAULT_BARS = 250;

    /** Returns the series that have bars, in the order asked for. */
    List<Series> known() {
        return query.keys().stream()
                .flatMap(key -> snapshot.series(key).stream())
                .toList();
    }

    /** Returns bars of one of them, oldest first. */
    List<StoredBar> bars(Series series) {
        return snapshot.bars(series, query.bars()).reversed();
    }

    /**
     * What a client asks for.
     *
     * @param tickers no two the same
     * @param timeframe of all of them
     * @param bars of each
     * @param representation how they are written
     * @param numbers form of the numbers of JSON and NDJSON
     */
    record Query(
            List<Ticker> tickers,
            Timeframe timeframe,
            BarQuery bars,
            Representation representation,
            JsonNumbers numbers) {

        static Query of(HttpServletRequest request) {
            QueryParameters parameters = new QueryParameters(request);
            List<Ticker> tickers = tickers(parameters);
            Timeframe timeframe = parameters.timeframe();
            TimeRange range = SeriesQuery.range(parameters);
            int last = parameters.integer("last", MAX_BARS).orElse(DEFAULT_BARS);
            Adjustment adjustment = parameters.choice("adjustment", Adjustment.class);
            Optional<Representation> representation = Representation.of(request, parameters);
            JsonNumbers numbers = JsonNumbers.of(parameters);
            parameters.check();
            return new Query(
                    tickers,
                    timeframe,
                    new BarQuery(range, SortOrder.DESC, last, adjustment),
                    representation.orElseThrow(() -> Problems.notAcceptable(request)),
                    numbers);
        }

        List<SeriesKey> keys() {
            return tickers.stream()
                    .map(ticker -> new SeriesKey(ticker, timeframe))
                    .toList();
        }

        String adjustmentName() {
            return bars.adjustment().name().toLowerCase(Locale.ROOT);
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
