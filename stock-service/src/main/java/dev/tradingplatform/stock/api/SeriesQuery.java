package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.series.Adjustment;
import dev.tradingplatform.stock.series.BarQuery;
import dev.tradingplatform.stock.series.SortOrder;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which bars of a series a client wants, and how.
 *
 * @param key the series
 * @param range of bar starts
 * @param window which part of the range
 * @param adjustment of prices and volumes
 * @param representation how they are written
 * @param numbers form of the numbers of JSON and NDJSON
 */
record SeriesQuery(
        SeriesKey key,
        TimeRange range,
        Window window,
        Adjustment adjustment,
        Representation representation,
        JsonNumbers numbers) {

    static final int MAX_BARS = 10_000;

    /** Of a representation that is written line by line. */
    static final int MAX_LINES = 1_000_000;

    private static final int DEFAULT_LIMIT = 1000;

    /**
     * A part of a range.
     *
     * @param order of the answer
     * @param limit how many bars at most
     * @param newest whether the limit counts from the newest bar, whatever the order
     * @param after start of the last bar already seen
     */
    record Window(SortOrder order, int limit, boolean newest, Optional<Long> after) {}

    static SeriesQuery of(String ticker, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        SeriesKey key = new SeriesKey(parameters.ticker(ticker), parameters.timeframe());
        TimeRange range = range(parameters);
        Adjustment adjustment = parameters.choice("adjustment", Adjustment.class);
        Optional<Representation> representation = Representation.of(request, parameters);
        boolean json = representation.orElse(Representation.JSON) == Representation.JSON;
        JsonNumbers numbers = JsonNumbers.of(parameters);
        OptionalInt last = parameters.integer("last", MAX_BARS);
        OptionalInt limit = parameters.integer("limit", json ? MAX_BARS : MAX_LINES);
        SortOrder order = parameters.choice("sort", SortOrder.class);
        Optional<Long> after = parameters
                .text("cursor")
                .flatMap(cursor -> parameters.parsed(
                        "cursor",
                        cursor,
                        Cursor.read(cursor, scope(key, range, order, adjustment), SeriesQuery::position)));
        if (last.isPresent() && (limit.isPresent() || after.isPresent())) {
            String value = Integer.toString(last.getAsInt());
            parameters.refuse("last", "contradiction", value, "last alone, or limit and cursor");
        }
        parameters.check();
        int count = last.orElse(limit.orElse(DEFAULT_LIMIT));
        return new SeriesQuery(
                key,
                range,
                new Window(order, count, last.isPresent(), after),
                adjustment,
                representation.orElseThrow(() -> Problems.notAcceptable(request)),
                numbers);
    }

    static TimeRange range(QueryParameters parameters) {
        long from = parameters.instant("from", false).orElse(TimeRange.ALL.from());
        long to = parameters.instant("to", true).orElse(TimeRange.ALL.to());
        if (from > to) {
            parameters.refuse("from", "contradiction", parameters.text("from").orElse(""), "not after to");
        }
        return new TimeRange(from, to);
    }

    /** Returns what is left of the range after what was already seen, and one bar more than a page has. */
    BarQuery barQuery() {
        TimeRange rest = window.after()
                .map(start -> window.order() == SortOrder.ASC ? range.after(start) : range.before(start))
                .orElse(range);
        return new BarQuery(rest, window.newest() ? SortOrder.DESC : window.order(), window.limit() + 1, adjustment);
    }

    String adjustmentName() {
        return adjustment.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the cursor for what follows a bar. */
    String cursorAfter(long start) {
        return Cursor.write(Long.toString(start), scope(key, range, window.order(), adjustment));
    }

    private static Optional<Long> position(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static String scope(SeriesKey key, TimeRange range, SortOrder order, Adjustment adjustment) {
        return EntityTags.fingerprint("%s %s %s %s".formatted(key, range, order, adjustment));
    }
}
