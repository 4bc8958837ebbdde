package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.series.Listing;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which part of the list of tickers a client requests. */
record TickersQuery(
        @Parameter(description = "What they begin with, in any case.", example = "TICK")
        String prefix,

        @Parameter(description = "At most so many; `next` leads to the rest.", schema = @Schema(defaultValue = "1000"))
        @Min(1)
        @Max(SeriesQuery.MAX_BARS)
        Integer limit,

        @DescribedParameters.PageCursor @Nullable String cursor,
        @DescribedParameters.Numbers JsonNumbers numbers)
        implements RequestParameters {

    private static final int DEFAULT_LIMIT = 1000;
    private static final String SEPARATOR = "/";

    TickersQuery {
        prefix = requireNonNullElse(prefix, "");
        limit = requireNonNullElse(limit, DEFAULT_LIMIT);
        numbers = requireNonNullElse(numbers, JsonNumbers.NUMBER);
    }

    @Override
    public void check(ParameterFaults faults) {
        if (Ticker.parsePrefix(prefix).isEmpty()) {
            faults.refuse("prefix", "not-a-ticker", prefix, Ticker.EXPECTED_PREFIX);
        }
        if (cursor != null) {
            faults.parsed("cursor", cursor, position(cursor));
        }
    }

    /** Returns the beginning of the tickers, in upper case. */
    String symbolPrefix() {
        return Ticker.parsePrefix(prefix).orElse("");
    }

    /** Returns the last series of the page before. */
    Optional<SeriesKey> after() {
        return cursor != null && position(cursor) instanceof Parsed.Good<SeriesKey>(SeriesKey key, boolean _)
                ? Optional.of(key)
                : Optional.empty();
    }

    String cursorAfter(Listing listing) {
        SeriesKey key = listing.series().key();
        return Cursor.write(key.ticker() + SEPARATOR + key.timeframe().code(), scope());
    }

    /** Returns a text that is the same for requests with the same response, on every replica. */
    String view() {
        return "%s %s %s %s".formatted(symbolPrefix(), after(), limit, numbers);
    }

    private Parsed<SeriesKey> position(String text) {
        return Cursor.read(text, scope(), TickersQuery::key);
    }

    private static Optional<SeriesKey> key(String text) {
        int end = text.lastIndexOf(SEPARATOR);
        return end < 0
                ? Optional.empty()
                : Ticker.parse(text.substring(0, end))
                        .flatMap(ticker -> Timeframe.parse(text.substring(end + 1))
                                .map(timeframe -> new SeriesKey(ticker, timeframe)));
    }

    private String scope() {
        return EntityTags.fingerprint("tickers " + symbolPrefix());
    }
}
