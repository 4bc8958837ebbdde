package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.quote.Adjustment;
import dev.tradingplatform.stock.quote.Order;
import dev.tradingplatform.stock.quote.Slice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The newest bars of several tickers.
 *
 * @param query what was asked for
 * @param bars oldest first, of each ticker that has any
 * @param missing tickers that have none
 */
record ManyTickers(Query query, Map<String, List<StoredBar>> bars, List<String> missing) {

    private static final int MAX_TICKERS = 100;
    private static final int MAX_BARS = 1000;
    private static final int DEFAULT_BARS = 250;

    /**
     * What a client asks for.
     *
     * @param tickers no two the same
     * @param timeframe of all of them
     * @param slice of each
     * @param representation how they are written
     */
    record Query(List<Ticker> tickers, Timeframe timeframe, Slice slice, Representation representation) {

        static Query of(HttpServletRequest request) {
            QueryParameters parameters = new QueryParameters(request);
            List<Ticker> tickers = tickers(parameters);
            Timeframe timeframe = parameters.timeframe();
            TimeRange range = SeriesQuery.range(parameters);
            int last = parameters.integer("last", MAX_BARS).orElse(DEFAULT_BARS);
            Adjustment adjustment = parameters.choice("adjustment", Adjustment.class);
            Optional<Representation> representation = Representation.of(request, parameters);
            parameters.check();
            return new Query(
                    tickers,
                    timeframe,
                    new Slice(range, Order.DESC, last, adjustment),
                    representation.orElseThrow(() -> Problems.notAcceptable(request)));
        }

        String adjustmentName() {
            return slice.adjustment().name().toLowerCase(Locale.ROOT);
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
