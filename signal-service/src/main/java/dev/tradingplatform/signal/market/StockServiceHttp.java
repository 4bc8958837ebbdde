package dev.tradingplatform.signal.market;

import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The requests made to stock-service, and what their failures mean. Safe for concurrent use; blocks. */
final class StockServiceHttp {

    private static final String UNKNOWN_TICKER = "urn:problem:ticker-not-found";

    /** discovery-client repeats a call until its response headers have arrived, not while a long body is read. */
    private static final int MAX_READINGS = 3;

    private final RestClient client;

    StockServiceHttp(RestClient client) {
        this.client = client;
    }

    /** @param etag of what is held already; empty to be sent everything */
    ResponseEntity<BarPage> bars(SeriesKey key, String etag) {
        RestClient.RequestHeadersSpec<?> request = client.get()
                .uri(
                        "/api/v1/data/{ticker}?timeframe={timeframe}&adjustment={adjustment}&limit=10000",
                        key.ticker().value(),
                        key.timeframe().code(),
                        key.adjustment().code());
        if (!etag.isEmpty()) {
            request.header(HttpHeaders.IF_NONE_MATCH, etag);
        }
        return send(key, request, BarPage.class);
    }

    /** @param next path and query as the page before named them */
    ResponseEntity<BarPage> nextBars(SeriesKey key, URI next) {
        return send(key, client.get().uri(next), BarPage.class);
    }

    ResponseEntity<SplitList> splits(SeriesKey key) {
        return send(
                key,
                client.get().uri("/api/v1/data/{ticker}/splits", key.ticker().value()),
                SplitList.class);
    }

    private static <T> ResponseEntity<T> send(SeriesKey key, RestClient.RequestHeadersSpec<?> request, Class<T> type) {
        try {
            return send(request, type);
        } catch (HttpClientErrorException.NotFound e) {
            // Any other 404 comes from something that is not stock-service's data resource
            if (e.getResponseBodyAsString().contains(UNKNOWN_TICKER)) {
                throw new MarketDataException.UnknownTicker(key, e);
            }
            throw CallFailures.meaning(e);
        } catch (RestClientException e) {
            throw CallFailures.meaning(e);
        }
    }

    ResponseEntity<TickerPage> tickers() {
        return sendForTickers(client.get().uri("/api/v1/tickers?limit=1000"));
    }

    ResponseEntity<TickerPage> firstTicker() {
        return sendForTickers(client.get().uri("/api/v1/tickers?limit=1"));
    }

    /** @param next path and query as the page before named them */
    ResponseEntity<TickerPage> nextTickers(URI next) {
        return sendForTickers(client.get().uri(next));
    }

    private static ResponseEntity<TickerPage> sendForTickers(RestClient.RequestHeadersSpec<?> request) {
        try {
            return send(request, TickerPage.class);
        } catch (RestClientException e) {
            throw CallFailures.meaning(e);
        }
    }

    private static <T> ResponseEntity<T> send(RestClient.RequestHeadersSpec<?> request, Class<T> type) {
        for (int reading = 1; true; reading++) {
            try {
                return request.retrieve().toEntity(type);
            } catch (RestClientException e) {
                if (reading == MAX_READINGS || !CallFailures.brokeOff(e)) {
                    throw e;
                }
            }
        }
    }
}
