package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.quote.Order;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which bars of a series a client wants, and how.
 *
 * @param key the series
 * @param range of bar starts
 * @param window which part of the range
 * @param representation how they are written
 */
record SeriesQuery(SeriesKey key, TimeRange range, Window window, Representation representation) {

    static final int MAX_BARS = 10_000;

    private static final int DEFAULT_LIMIT = 1000;

    /**
     * A part of a range.
     *
     * @param order of the answer
     * @param limit how many bars at most
     * @param newest whether the limit counts from the newest bar, whatever the order
     * @param after start of the last bar already seen
     */
    record Window(Order order, int limit, boolean newest, Optional<Long> after) {}

    /** The only kind of prices there is so far; stated, so that no other kind is ever taken for it. */
    private enum Adjustment {
        RAW
    }

    static SeriesQuery of(String ticker, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        SeriesKey key = new SeriesKey(parameters.ticker(ticker), parameters.timeframe());
        TimeRange range = range(parameters);
        parameters.choice("adjustment", Adjustment.class);
        OptionalInt last = parameters.integer("last", MAX_BARS);
        OptionalInt limit = parameters.integer("limit", MAX_BARS);
        Order order = parameters.choice("sort", Order.class);
        Optional<Long> after = parameters
                .text("cursor")
                .flatMap(cursor -> parameters.parsed("cursor", cursor, Cursor.read(cursor, scope(key, range, order))));
        if (last.isPresent() && (limit.isPresent() || after.isPresent())) {
            String value = Integer.toString(last.getAsInt());
            parameters.refuse("last", "contradiction", value, "last alone, or limit and cursor");
        }
        Representation representation = Representation.of(request, parameters);
        parameters.check();
        int count = last.orElse(limit.orElse(DEFAULT_LIMIT));
        return new SeriesQuery(key, range, new Window(order, count, last.isPresent(), after), representation);
    }

    static TimeRange range(QueryParameters parameters) {
        long from = parameters.instant("from", false).orElse(TimeRange.ALL.from());
        long to = parameters.instant("to", true).orElse(TimeRange.ALL.to());
        if (from > to) {
            parameters.refuse("from", "contradiction", parameters.text("from").orElse(""), "not after to");
        }
        return new TimeRange(from, to);
    }

    /** Returns what is left of the range after what was already seen. */
    TimeRange rest() {
        return window.after()
                .map(start -> window.order() == Order.ASC ? range.after(start) : range.before(start))
                .orElse(range);
    }

    /** Returns the cursor for what follows a bar. */
    String cursorAfter(long start) {
        return Cursor.write(start, scope(key, range, window.order()));
    }

    private static String scope(SeriesKey key, TimeRange range, Order order) {
        return EntityTags.fingerprint("%s %s %s".formatted(key, range, order));
    }
}
