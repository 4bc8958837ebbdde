package dev.tradingplatform.stock.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls a service as a client does. */
public final class StockCalls {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;

    /** Calls the service at an address without a path. */
    public StockCalls(String base) {
        this.base = base;
    }

    /** Returns the port it is at. */
    public int port() {
        return URI.create(base).getPort();
    }

    /** Reads. */
    public Answer get(String path, String... headers) {
        return call("GET", path, "", headers);
    }

    /** Puts a bar as JSON. */
    public Answer put(String path, String json, String... headers) {
        return send(request("PUT", path, json, headers).setHeader("Content-Type", "application/json"));
    }

    /** Sends a body of a type. */
    public Answer post(String path, String contentType, String body) {
        return call("POST", path, body, "Content-Type", contentType);
    }

    /** Sends a body as bytes. */
    public Answer post(String path, byte[] body, String... headers) {
        return send(request("POST", path, "", headers).POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    /** Deletes. */
    public Answer delete(String path, String... headers) {
        return call("DELETE", path, "", headers);
    }

    /** Calls with any method. */
    public Answer call(String method, String path, String body, String... headers) {
        return send(request(method, path, body, headers));
    }

    private HttpRequest.Builder request(String method, String path, String body, String... headers) {
        HttpRequest.BodyPublisher publisher =
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, publisher);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling", e);
        }
    }
}
