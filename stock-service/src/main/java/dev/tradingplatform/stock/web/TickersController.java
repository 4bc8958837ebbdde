package dev.tradingplatform.stock.web;

import dev.tradingplatform.stock.quote.Listing;
import dev.tradingplatform.stock.quote.Tickers;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The list of tickers. */
@RestController
class TickersController {

    private static final int DEFAULT_LIMIT = 1000;
    private static final String SEPARATOR = "/";

    private final Tickers tickers;

    TickersController(Tickers tickers) {
        this.tickers = tickers;
    }

    @GetMapping("/api/v1/tickers")
    ResponseEntity<byte[]> list(HttpServletRequest request) {
        Query query = Query.of(request);
        // The tag is of what was there before the list was read: at worst the client asks once more than it needs to.
        String tag = EntityTags.of(tickers.revision(), query);
        if (EntityTags.isKnown(request, tag)) {
            return EntityTags.tagged(ResponseEntity.status(HttpStatus.NOT_MODIFIED), tag)
                    .build();
        }
        List<Listing> found =
                tickers.list(query.prefix(), query.afterTicker(), query.afterTimeframe(), query.limit() + 1);
        boolean more = found.size() > query.limit();
        List<Listing> page = more ? found.subList(0, query.limit()) : found;
        Optional<String> next =
                more ? Optional.of(NextPage.of(request, Query.cursorAfter(page.getLast()))) : Optional.empty();
        ResponseEntity.BodyBuilder answer = EntityTags.tagged(ResponseEntity.ok(), tag);
        NextPage.announce(answer, next);
        return answer.contentType(MediaType.APPLICATION_JSON).body(BarsJson.tickers(page, next));
    }

    private record Query(String prefix, String afterTicker, String afterTimeframe, int limit) {

        static Query of(HttpServletRequest request) {
            QueryParameters parameters = new QueryParameters(request);
            String prefix = parameters.text("prefix").orElse("").toUpperCase(Locale.ROOT);
            int limit = parameters.integer("limit", SeriesQuery.MAX_BARS).orElse(DEFAULT_LIMIT);
            String[] after = parameters
                    .text("cursor")
                    .map(cursor -> position(cursor, parameters))
                    .orElse(new String[] {"", ""});
            parameters.check();
            return new Query(prefix, after[0], after[1], limit);
        }

        static String cursorAfter(Listing listing) {
            String position = listing.series().key().ticker()
                    + SEPARATOR
                    + listing.series().key().timeframe().code();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
        }

        private static String[] position(String cursor, QueryParameters parameters) {
            try {
                byte[] text = Base64.getUrlDecoder().decode(cursor);
                String[] position = new String(text, StandardCharsets.UTF_8).split(SEPARATOR, 2);
                if (position.length == 2) {
                    return position;
                }
            } catch (IllegalArgumentException _) {
                // Refused below, like a cursor of another shape.
            }
            parameters.refuse("cursor", "not-a-cursor", cursor, "the cursor of a previous answer");
            return new String[] {"", ""};
        }
    }
}
