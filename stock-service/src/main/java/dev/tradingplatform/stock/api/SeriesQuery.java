package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.series.Adjustment;
import dev.tradingplatform.stock.series.BarQuery;
import dev.tradingplatform.stock.series.SortOrder;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;

/** Which bars of a series a client requests, and how. */
record SeriesQuery(
        @DescribedParameters.InPath @PathVariable Ticker ticker,
        @DescribedParameters.OfTimeframe Timeframe timeframe,
        @DescribedParameters.From @Nullable DateOrTime from,
        @DescribedParameters.To @Nullable DateOrTime to,
        @DescribedParameters.OfAdjustment Adjustment adjustment,
        @DescribedParameters.Format Representation format,
        @DescribedParameters.Numbers JsonNumbers numbers,

        @Parameter(description = """
                    The newest so many of the range, oldest first unless sorted otherwise. Not with limit or cursor.""") @Min(1) @Max(MAX_BARS) @Nullable
        Integer last,

        @Parameter(description = """
                    At most so many; `next` leads to the rest. CSV and NDJSON may have up to 1,000,000, from one \
                    snapshot.""", schema = @Schema(defaultValue = "1000")) @Min(1) @Max(MAX_LINES) @Nullable
        Integer limit,

        @Parameter(description = "Oldest or newest first.", schema = @Schema(defaultValue = "asc"))
        SortOrder sort,

        @DescribedParameters.PageCursor @Nullable String cursor)
        implements RequestParameters {

    static final int MAX_BARS = 10_000;

    /** Of a representation that is written line by line. */
    static final int MAX_LINES = 1_000_000;

    private static final int DEFAULT_LIMIT = 1000;

    SeriesQuery {
        timeframe = requireNonNullElse(timeframe, Timeframe.DAY);
        adjustment = requireNonNullElse(adjustment, Adjustment.RAW);
        format = requireNonNullElse(format, Representation.JSON);
        numbers = requireNonNullElse(numbers, JsonNumbers.NUMBER);
        sort = requireNonNullElse(sort, SortOrder.ASC);
    }

    @Override
    public void check(ParameterFaults faults) {
        DateOrTime.checkRange(from, to, faults);
        long maxLimit = max("limit", MAX_LINES);
        if (limit != null && limit > maxLimit && limit <= MAX_LINES) {
            faults.refuse("limit", "out-of-range", limit.toString(), "an integer from 1 to " + maxLimit);
        }
        if (cursor != null) {
            faults.parsed("cursor", cursor, position(cursor));
        }
        if (last != null && (limit != null || cursor != null)) {
            faults.refuse("last", "contradiction", last.toString(), "last alone, or limit and cursor");
        }
    }

    /** A JSON document is collected in memory, lines are not. */
    @Override
    public long max(String name, long declared) {
        return name.equals("limit") && format == Representation.JSON ? MAX_BARS : declared;
    }

    SeriesKey key() {
        return new SeriesKey(ticker, timeframe);
    }

    TimeRange range() {
        return DateOrTime.range(from, to);
    }

    /** Returns how many bars the response has at most. */
    int count() {
        return requireNonNullElse(last, requireNonNullElse(limit, DEFAULT_LIMIT));
    }

    /** Returns whether the response has the newest bars of the range, in either order. */
    boolean newest() {
        return last != null;
    }

    /** Returns the part of the range after the cursor, and one bar more than a page has. */
    BarQuery barQuery() {
        TimeRange rest = after().map(start -> sort == SortOrder.ASC ? range().after(start) : range().before(start))
                .orElse(range());
        return new BarQuery(rest, newest() ? SortOrder.DESC : sort, count() + 1, adjustment);
    }

    String adjustmentName() {
        return adjustment.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the cursor for what follows a bar. */
    String cursorAfter(long start) {
        return Cursor.write(Long.toString(start), scope());
    }

    /** Returns a text that is the same for requests with the same response, on every replica. */
    String view() {
        return "%s %s %s %s %s %s %s %s %s"
                .formatted(key(), range(), after(), count(), newest(), sort, adjustment, format, numbers);
    }

    private Optional<Long> after() {
        return cursor != null && position(cursor) instanceof Parsed.Good<Long>(Long start, boolean _)
                ? Optional.of(start)
                : Optional.empty();
    }

    private Parsed<Long> position(String text) {
        return Cursor.read(text, scope(), SeriesQuery::start);
    }

    private static Optional<Long> start(String text) {
        try {
            return Optional.of(Long.valueOf(text));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private String scope() {
        return EntityTags.fingerprint("%s %s %s %s".formatted(key(), range(), sort, adjustment));
    }
}
