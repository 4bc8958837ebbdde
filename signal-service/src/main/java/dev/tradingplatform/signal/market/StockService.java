package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.CallOptions;
import dev.tradingplatform.signal.bar.Bar;
import dev.tradingplatform.signal.bar.Bars;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Reads whole series and lists from stock-service, page by page. Safe for concurrent use; blocks. */
final class StockService {

    /** 100 pages of 10,000 bars: a million, 4,000 years of days or ten years of minutes. */
    private static final int MOST_PAGES = 100;

    /** Bars may change between two pages; then everything is read again. */
    private static final int MOST_READINGS = 3;

    private final StockServiceHttp http;
    private final InstantSource clock;

    StockService(StockServiceHttp http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * Reads all bars of a series.
     *
     * @param known what is held already; when nothing has changed since, it is confirmed without being sent again
     * @param options of the first request
     * @throws MarketDataException if they cannot be had
     */
    Copy bars(SeriesKey key, Optional<Copy> known, CallOptions options) {
        String etag = known.map(Copy::etag).orElse("");
        for (int reading = 0; reading < MOST_READINGS; reading++) {
            ResponseEntity<BarPage> first = (reading == 0 ? options : CallOptions.NONE).run(() -> http.bars(key, etag));
            if (first.getStatusCode().isSameCodeAs(HttpStatus.NOT_MODIFIED) && known.isPresent()) {
                return known.get().confirmed(endpoint(first), clock.instant());
            }
            Optional<Copy> whole = whole(key, first);
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        throw new MarketDataException.NoEndpoint(
                "the bars of %s changed while they were read, %d times".formatted(key.ticker(), MOST_READINGS));
    }

    /** Follows the pages; empty if the revision moves on the way. */
    private Optional<Copy> whole(SeriesKey key, ResponseEntity<BarPage> first) {
        BarPage page = body(first);
        long revision = page.revision();
        List<Bar> rows = new ArrayList<>(page.data());
        for (int pages = 1; page.next() != null; pages++) {
            if (pages == MOST_PAGES) {
                throw unreadable(key.ticker() + " has more than " + MOST_PAGES + " pages of bars");
            }
            page = body(http.nextBars(key, next(page.next())));
            if (page.revision() != revision) {
                return Optional.empty();
            }
            rows.addAll(page.data());
        }
        String etag = Optional.ofNullable(first.getHeaders().getFirst(HttpHeaders.ETAG))
                .orElse("");
        return Optional.of(new Copy(columns(rows), etag, Source.fresh(endpoint(first), revision, clock.instant())));
    }

    private static Bars columns(List<Bar> rows) {
        try {
            return Bars.of(rows);
        } catch (IllegalArgumentException e) {
            throw new MarketDataException.UnreadableAnswer(
                    "stock-service sent bars out of order: " + e.getMessage(), e);
        }
    }

    /**
     * Reads the list of tickers.
     *
     * @param options of the first request
     * @throws MarketDataException if it cannot be had
     */
    TickerList tickers(CallOptions options) {
        ResponseEntity<TickerPage> first = options.run(http::tickers);
        TickerPage page = body(first);
        List<TickerSummary> rows = new ArrayList<>(page.data());
        for (int pages = 1; page.next() != null && pages < MOST_PAGES; pages++) {
            page = body(http.nextTickers(next(page.next())));
            rows.addAll(page.data());
        }
        return new TickerList(rows, Source.fresh(endpoint(first), 0, clock.instant()));
    }

    /**
     * Reads the splits of a ticker, oldest first.
     *
     * @throws MarketDataException if they cannot be had
     */
    List<Split> splits(SeriesKey key, CallOptions options) {
        return body(options.run(() -> http.splits(key))).data();
    }

    /** @throws MarketDataException if no replica answers */
    void touch() {
        http.firstTicker();
    }

    // A path on the same service and nothing else: a bad answer must not send requests elsewhere
    private static URI next(String text) {
        if (!text.startsWith("/api/v1/")) {
            throw unreadable("stock-service named \"" + text + "\" as its next page");
        }
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new MarketDataException.UnreadableAnswer("stock-service named \"" + text + "\" as its next page", e);
        }
    }

    private static <T> T body(ResponseEntity<T> response) {
        T body = response.getBody();
        if (body == null) {
            throw unreadable("stock-service answered %s without a body".formatted(response.getStatusCode()));
        }
        return body;
    }

    private static String endpoint(ResponseEntity<?> response) {
        return Optional.ofNullable(response.getHeaders().getFirst(RespondingEndpoint.HEADER))
                .orElse("unknown");
    }

    private static MarketDataException unreadable(String message) {
        return new MarketDataException.UnreadableAnswer(message);
    }
}
