package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.call.ServiceCallException;
import java.net.URI;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The requests made to stock-service, and what their failures mean. Safe for concurrent use; blocks. */
final class StockServiceHttp {

    private static final String UNKNOWN_TICKER = "urn:problem:ticker-not-found";

    private final RestClient client;

    StockServiceHttp(RestClient client) {
        this.client = client;
    }

    /** @param etag of what is held already; empty to be sent everything */
    ResponseEntity<BarPage> bars(Ticker ticker, String etag) {
        RestClient.RequestHeadersSpec<?> request =
                client.get().uri("/api/v1/data/{ticker}?limit=10000", ticker.value());
        if (!etag.isEmpty()) {
            request.header(HttpHeaders.IF_NONE_MATCH, etag);
        }
        return send(ticker, request);
    }

    /** @param next path and query as the page before named them */
    ResponseEntity<BarPage> nextBars(Ticker ticker, URI next) {
        return send(ticker, client.get().uri(next));
    }

    private static ResponseEntity<BarPage> send(Ticker ticker, RestClient.RequestHeadersSpec<?> request) {
        try {
            return request.retrieve().toEntity(BarPage.class);
        } catch (HttpClientErrorException.NotFound e) {
            // Any other 404 comes from something that is not stock-service's data resource
            if (e.getResponseBodyAsString().contains(UNKNOWN_TICKER)) {
                throw new MarketDataException.UnknownTicker(ticker, e);
            }
            throw CallFailures.meaning(e);
        } catch (RestClientException | ServiceCallException e) {
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
            return request.retrieve().toEntity(TickerPage.class);
        } catch (RestClientException | ServiceCallException e) {
            throw CallFailures.meaning(e);
        }
    }
}
