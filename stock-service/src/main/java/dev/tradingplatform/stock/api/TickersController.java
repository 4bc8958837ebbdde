package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.series.ChangeLog;
import dev.tradingplatform.stock.series.Listing;
import dev.tradingplatform.stock.series.Tickers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The tickers. */
@RestController
class TickersController {

    private static final int DEFAULT_LIMIT = 1000;
    private static final String SEPARATOR = "/";

    private final Tickers tickers;
    private final ChangeLog changes;

    TickersController(Tickers tickers, ChangeLog changes) {
        this.tickers = tickers;
        this.changes = changes;
    }

    @GetMapping("/api/v1/tickers")
    ResponseEntity<byte[]> list(HttpServletRequest request) {
        Query query = Query.of(request);
        // The tag is of what was there before the list was read: at worst the client asks once more than it needs to.
        String tag = EntityTags.of(changes.last(), query);
        if (EntityTags.isKnown(request, tag)) {
            return EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                    .build();
        }
        List<Listing> found =
                tickers.list(query.prefix(), query.afterTicker(), query.afterTimeframe(), query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<Listing> page = more ? found.subList(0, query.limit()) : found;
        Optional<String> next =
                more ? Optional.of(NextPage.of(request, query.cursorAfter(page.getLast()))) : Optional.empty();
        ResponseEntity.BodyBuilder answer = EntityTags.tagged(ResponseEntity.ok(), tag);
        NextPage.announce(answer, next);
        return answer.contentType(MediaType.APPLICATION_JSON).body(BarsJson.tickers(page, next, query.numbers()));
    }

    @DeleteMapping("/api/v1/tickers/{ticker}")
    ResponseEntity<Tickers.Removed> delete(@PathVariable String ticker, HttpServletRequest request) {
        QueryParameters parameters = new QueryParameters(request);
        Ticker given = parameters.ticker(ticker);
        parameters.check();
        Tickers.Removed removed = tickers.delete(given);
        if (removed.foundNothing()) {
            throw Problems.tickerNotFound(given);
        }
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(removed);
    }

    /**
     * Which part of the list a client wants.
     *
     * @param after the last one it has seen
     * @param numbers form of the last prices
     */
    private record Query(String prefix, Optional<SeriesKey> after, int limit, JsonNumbers numbers) {

        static Query of(HttpServletRequest request) {
            QueryParameters parameters = new QueryParameters(request);
            String prefix = prefix(parameters);
            int limit = parameters.integer("limit", SeriesQuery.MAX_BARS).orElse(DEFAULT_LIMIT);
            Optional<SeriesKey> after = parameters
                    .text("cursor")
                    .flatMap(cursor ->
                            parameters.parsed("cursor", cursor, Cursor.read(cursor, scope(prefix), Query::position)));
            JsonNumbers numbers = JsonNumbers.of(parameters);
            parameters.check();
            return new Query(prefix, after, limit, numbers);
        }

        String afterTicker() {
            return after.map(key -> key.ticker().symbol()).orElse("");
        }

        String afterTimeframe() {
            return after.map(key -> key.timeframe().code()).orElse("");
        }

        String cursorAfter(Listing listing) {
            SeriesKey key = listing.series().key();
            return Cursor.write(key.ticker() + SEPARATOR + key.timeframe().code(), scope(prefix));
        }

        private static String prefix(QueryParameters parameters) {
            String text = parameters.text("prefix").orElse("");
            return Ticker.parsePrefix(text).orElseGet(() -> {
                parameters.refuse("prefix", "not-a-ticker", text, Ticker.EXPECTED_PREFIX);
                return "";
            });
        }

        private static Optional<SeriesKey> position(String text) {
            int end = text.lastIndexOf(SEPARATOR);
            return end < 0
                    ? Optional.empty()
                    : Ticker.parse(text.substring(0, end))
                            .flatMap(ticker -> Timeframe.parse(text.substring(end + 1))
                                    .map(timeframe -> new SeriesKey(ticker, timeframe)));
        }

        private static String scope(String prefix) {
            return EntityTags.fingerprint("tickers " + prefix);
        }
    }
}
