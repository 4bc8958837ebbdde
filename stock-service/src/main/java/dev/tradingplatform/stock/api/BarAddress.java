package dev.tradingplatform.stock.api;

import static java.util.Objects.requireNonNullElse;

import dev.tradingplatform.stock.bar.Parsed;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.util.UriUtils;

/**
 * The address of a bar.
 *
 * @param timestamp its start as the client wrote it, which {@link #check} accepts
 */
record BarAddress(
        @DescribedParameters.InPath @PathVariable Ticker ticker,
        @DescribedParameters.TimestampInPath @PathVariable String timestamp,
        @DescribedParameters.OfTimeframe Timeframe timeframe)
        implements RequestParameters {

    BarAddress {
        timeframe = requireNonNullElse(timeframe, Timeframe.DAY);
    }

    @Override
    public void check(ParameterFaults faults) {
        faults.parsed("timestamp", timestamp, TimestampFormat.parse(timestamp, timeframe));
    }

    /** Returns the path of everything that belongs to a ticker. */
    static String folder(Ticker ticker) {
        return "/api/v1/data/" + UriUtils.encodePathSegment(ticker.symbol(), StandardCharsets.UTF_8);
    }

    SeriesKey key() {
        return new SeriesKey(ticker, timeframe);
    }

    /** Returns the epoch second at which the bar starts. */
    long start() {
        return switch (TimestampFormat.parse(timestamp, timeframe)) {
            case Parsed.Good<Long>(Long start, boolean _) -> start;
            case Parsed.Bad<Long> _ -> throw new IllegalStateException("not checked: " + timestamp);
        };
    }

    URI location() {
        String query = timeframe == Timeframe.DAY ? "" : "?timeframe=" + timeframe.code();
        return URI.create(folder(ticker) + "/" + TimestampFormat.text(start()) + query);
    }
}
