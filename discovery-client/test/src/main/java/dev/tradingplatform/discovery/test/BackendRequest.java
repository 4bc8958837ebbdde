package dev.tradingplatform.discovery.test;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a {@link Backend} received. Immutable.
 *
 * @param method such as {@code GET}
 * @param path the request target as it was sent, with the query
 * @param headers values by name in lower case, in the order in which they were sent
 * @param body the first {@value #MAX_BODY_KEPT} bytes of the body, decoded as UTF-8; empty if the backend did not read
 *     it
 * @param bodyLength number of bytes in the whole body, without the framing of chunks; 0 if the backend did not read it
 * @param bodySha256 SHA-256 of the bytes that were read, in lower-case hexadecimal digits
 * @param connection the connection on which the request was sent
 */
public record BackendRequest(
        String method,
        String path,
        Map<String, List<String>> headers,
        String body,
        long bodyLength,
        String bodySha256,
        Connection connection) {

    /** The backend keeps this many bytes of a body, so that large uploads need no memory: {@value}. */
    public static final int MAX_BODY_KEPT = 65_536;

    /** Copies the headers. */
    public BackendRequest {
        headers = Map.copyOf(headers);
    }

    /**
     * A connection of a client.
     *
     * @param number 1 for the first connection that the backend accepted; two requests with the same number were sent
     *     on one connection
     * @param serverName the name that the client sent in the TLS handshake (SNI, RFC 6066 §3); empty without TLS or
     *     name
     * @param clientName the subject of the client's certificate, such as {@code CN=signal-service}; empty without one
     */
    public record Connection(long number, Optional<String> serverName, Optional<String> clientName) {}

    /** Returns the last value of a header; empty if it was not sent. The name's case does not matter. */
    public String header(String name) {
        List<String> values = headerValues(name);
        return values.isEmpty() ? "" : values.getLast();
    }

    /** Returns all values of a header in the order in which they were sent. The name's case does not matter. */
    public List<String> headerValues(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }
}
