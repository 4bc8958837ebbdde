package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.TimeRange;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.series.Adjustment;
import dev.tradingplatform.stock.series.BarQuery;
import dev.tradingplatform.stock.series.Bars;
import dev.tradingplatform.stock.series.PutOutcome;
import dev.tradingplatform.stock.series.SingleBars;
import dev.tradingplatform.stock.series.SortOrder;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.UriUtils;

/** One bar. */
@RestController
class BarController {

    /** A last path segment that does not name another resource of the ticker. */
    private static final String TIMESTAMP = "{timestamp:(?!latest$|splits$).*}";

    private final Bars bars;
    private final SingleBars singleBars;
    private final RequestBodyReader bodies;

    BarController(Bars bars, SingleBars singleBars, RequestBodyReader bodies) {
        this.bars = bars;
        this.singleBars = singleBars;
        this.bodies = bodies;
    }

    @GetMapping("/api/v1/data/{ticker}/latest")
    ResponseEntity<byte[]> latest(@PathVariable String ticker, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        SeriesKey key = new SeriesKey(parameters.ticker(ticker), parameters.timeframe());
        JsonNumbers numbers = JsonNumbers.of(parameters);
        parameters.check();
        StoredBar bar = bars.read(key, new BarQuery(TimeRange.ALL, SortOrder.DESC, 1, Adjustment.RAW))
                .orElseThrow(() -> Problems.tickerNotFound(key))
                .bars()
                .getFirst();
        return answer(bar, numbers, EntityTags.ofNewest(bar), request);
    }

    @GetMapping("/api/v1/data/{ticker}/" + TIMESTAMP)
    ResponseEntity<byte[]> read(
            @PathVariable String ticker, @PathVariable String timestamp, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        JsonNumbers numbers = JsonNumbers.of(parameters);
        BarAddress address = BarAddress.of(ticker, timestamp, parameters);
        StoredBar bar = bars.find(address.key(), address.start())
                .orElseThrow(() -> Problems.barNotFound(address.key(), address.start()));
        return answer(bar, numbers, EntityTags.of(bar), request);
    }

    @PutMapping("/api/v1/data/{ticker}/" + TIMESTAMP)
    ResponseEntity<byte[]> put(
            @PathVariable String ticker, @PathVariable String timestamp, HttpServletRequest request) {
        BarAddress address = BarAddress.of(ticker, timestamp, new QueryParameters(request));
        PutOutcome outcome = singleBars.put(address.key(), bodies.bar(request, address), EntityTags.condition(request));
        return switch (outcome) {
            case PutOutcome.Created(StoredBar bar) -> written(ResponseEntity.created(address.location()), bar);
            case PutOutcome.Replaced(StoredBar bar) -> written(ResponseEntity.ok(), bar);
            case PutOutcome.ConditionFailed _ -> throw Problems.preconditionFailed();
        };
    }

    @DeleteMapping("/api/v1/data/{ticker}/" + TIMESTAMP)
    ResponseEntity<Void> delete(
            @PathVariable String ticker, @PathVariable String timestamp, HttpServletRequest request) {
        BarAddress address = BarAddress.of(ticker, timestamp, new QueryParameters(request));
        return switch (singleBars.delete(address.key(), address.start(), EntityTags.condition(request))) {
            case DELETED -> ResponseEntity.noContent().build();
            case ABSENT -> throw Problems.barNotFound(address.key(), address.start());
            case CONDITION_FAILED -> throw Problems.preconditionFailed();
        };
    }

    private static ResponseEntity<byte[]> answer(
            StoredBar bar, JsonNumbers numbers, String tag, HttpServletRequest request) {
        return EntityTags.isKnown(request, tag)
                ? EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                        .build()
                : json(EntityTags.tagged(ResponseEntity.ok(), tag), bar, numbers);
    }

    private static ResponseEntity<byte[]> written(ResponseEntity.BodyBuilder answer, StoredBar bar) {
        return json(answer.eTag(EntityTags.of(bar)), bar, JsonNumbers.NUMBER);
    }

    private static ResponseEntity<byte[]> json(ResponseEntity.BodyBuilder answer, StoredBar bar, JsonNumbers numbers) {
        return answer.contentType(MediaType.APPLICATION_JSON).body(BarsJson.bar(bar, numbers));
    }

    /**
     * Where a bar is.
     *
     * @param key its series
     * @param start epoch second
     */
    record BarAddress(SeriesKey key, long start) {

        static BarAddress of(String ticker, String timestamp, QueryParameters parameters) {
            Timeframe timeframe = parameters.timeframe();
            SeriesKey key = new SeriesKey(parameters.ticker(ticker), timeframe);
            var start = parameters.parsed("timestamp", timestamp, TimestampFormat.parse(timestamp, timeframe));
            parameters.check();
            return new BarAddress(key, start.orElseThrow());
        }

        /** Returns the path of what there is of a ticker. */
        static String folder(Ticker ticker) {
            return "/api/v1/data/" + UriUtils.encodePathSegment(ticker.symbol(), StandardCharsets.UTF_8);
        }

        URI location() {
            String query = key.timeframe() == Timeframe.DAY
                    ? ""
                    : "?timeframe=" + key.timeframe().code();
            return URI.create(folder(key.ticker()) + "/" + TimestampFormat.text(start) + query);
        }
    }
}
