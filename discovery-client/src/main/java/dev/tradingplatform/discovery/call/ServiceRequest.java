package dev.tradingplatform.discovery.call;

import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a caller wants of a service. Immutable, so that it can be sent to one endpoint after another. */
public final class ServiceRequest {

    /** RFC 9110 §9.2.2. */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final String method;
    private final URI uri;
    private final Map<String, List<String>> headers;
    private final byte[] body;

    private ServiceRequest(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        String scheme = String.valueOf(uri.getScheme());
        if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException("uri: " + uri + " (expected: http:// or https:// and a service name)");
        }
        if (method.equalsIgnoreCase("TRACE") && body.length > 0) {
            throw new IllegalArgumentException(
                    "body: " + body.length + " bytes (expected: none with TRACE, RFC 9110 §9.3.8)");
        }
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        this.method = method.toUpperCase(Locale.ROOT);
        this.uri = uri;
        this.headers = Collections.unmodifiableMap(copy);
        this.body = body.clone();
    }

    /**
     * A GET without headers of its own.
     *
     * @param uri see {@link #of}
     */
    public static ServiceRequest get(String uri) {
        return of("GET", URI.create(uri), Map.of(), new byte[0]);
    }

    /**
     * Any request.
     *
     * @param method an HTTP method, such as {@code POST}
     * @param uri an absolute http or https URI whose host is a service name, such as
     *     {@code http://stock-service/api/v1/data/TICKER_1}
     * @param headers by name; {@code Host} and {@code Content-Length} are set by the client, and so is what is about
     *     one connection only, as {@code Connection} and {@code Transfer-Encoding} (RFC 9110 §7.6.1). With an
     *     {@code Idempotency-Key} even a POST may be sent twice
     * @param body the bytes to send; empty for none
     * @throws IllegalArgumentException if the URI is not absolute, not http or https, or has no host, or for a TRACE
     *     with a body
     */
    public static ServiceRequest of(String method, URI uri, Map<String, List<String>> headers, byte[] body) {
        return new ServiceRequest(method, uri, headers, body);
    }

    /** In upper case. */
    public String method() {
        return method;
    }

    /** Absolute, with a host. */
    public URI uri() {
        return uri;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Whether doing it twice is the same as doing it once: by its method, or because it carries an idempotency key. */
    boolean repeatable() {
        return IDEMPOTENT.contains(method) || headers.containsKey(IDEMPOTENCY_KEY);
    }
}
