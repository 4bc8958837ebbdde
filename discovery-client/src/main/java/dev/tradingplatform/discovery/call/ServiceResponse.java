package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What an endpoint answered. Close it when the body is read: it may hold a connection. To be used by one thread at a
 * time.
 */
public final class ServiceResponse implements AutoCloseable {

    private final int status;
    private final Map<String, List<String>> headers;
    private final Endpoint endpoint;
    private final InputStream body;

    ServiceResponse(int status, Map<String, List<String>> headers, Endpoint endpoint, InputStream body) {
        this.status = status;
        this.headers = headers;
        this.endpoint = endpoint;
        this.body = body;
    }

    /** The HTTP status, 200 to 599. */
    public int status() {
        return status;
    }

    /** By name, case-insensitively; unmodifiable. */
    public Map<String, List<String>> headers() {
        return headers;
    }

    /** Who answered. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The body, as it came; empty when there is none. */
    public InputStream body() {
        return body;
    }

    /**
     * Reads the body to its end as UTF-8.
     *
     * @throws UncheckedIOException if the connection breaks meanwhile, which only a body over 1 MiB is exposed to
     */
    public String text() {
        try {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
