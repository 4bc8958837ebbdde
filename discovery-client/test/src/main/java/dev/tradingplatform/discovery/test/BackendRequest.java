package dev.tradingplatform.discovery.test;

import java.util.Map;

/**
 * What a {@link Backend} was asked.
 *
 * @param method such as {@code GET}
 * @param path with the query
 * @param headers by name in lower case; of a repeated one the last
 * @param body as ISO-8859-1
 */
public record BackendRequest(String method, String path, Map<String, String> headers, String body) {

    /** Copies the headers. */
    public BackendRequest {
        headers = Map.copyOf(headers);
    }

    /** A header's value; empty if it was not sent. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
