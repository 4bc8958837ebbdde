package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.TimeRange;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Which bars a client wants deleted: a range with both ends, or all of them in so many words. Nothing is ever deleted
 * because a parameter was forgotten.
 *
 * @param key the series
 * @param range of bar starts
 */
record RangeDeletion(SeriesKey key, TimeRange range) {

    static RangeDeletion of(String ticker, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        SeriesKey key = new SeriesKey(parameters.ticker(ticker), parameters.timeframe());
        TimeRange range = SeriesQuery.range(parameters);
        boolean all = parameters.flag("all");
        boolean from = parameters.text("from").isPresent();
        boolean to = parameters.text("to").isPresent();
        if (all ? from || to : !from || !to) {
            parameters.refuse("all", "contradiction", Boolean.toString(all), "from and to, or all=true alone");
        }
        parameters.check();
        return new RangeDeletion(key, range);
    }
}
