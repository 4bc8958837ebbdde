package dev.tradingplatform.discovery.call;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.net.URIAuthority;

/** Puts a request into the HTTP client's terms. */
final class WireRequest {

    /**
     * What the client writes itself, and what is about one connection and not about the request (RFC 9110 §7.6.1): a
     * caller that passes a request on may have copied the fields of the connection it came over.
     */
    private static final Set<String> NOT_PASSED_ON = Set.of(
            "host",
            "content-length",
            "connection",
            "keep-alive",
            "proxy-connection",
            "te",
            "transfer-encoding",
            "upgrade");

    private WireRequest() {}

    static ClassicHttpRequest of(ServiceRequest request) {
        URI uri = request.uri();
        ClassicRequestBuilder builder =
                ClassicRequestBuilder.create(request.method()).setUri(uri);
        Set<String> dropped = notPassedOn(request.headers());
        request.headers().forEach((name, values) -> {
            if (!dropped.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.addHeader(name, value));
            }
        });
        if (request.body().length > 0) {
            String type = request.headers().getOrDefault("Content-Type", List.of()).stream()
                    .findFirst()
                    .orElse("application/octet-stream");
            builder.setEntity(new ByteArrayEntity(request.body(), ContentType.parseLenient(type)));
        }
        ClassicHttpRequest wire = builder.build();
        wire.setAuthority(new URIAuthority(uri.getHost(), uri.getPort()));
        return wire;
    }

    private static Set<String> notPassedOn(Map<String, List<String>> headers) {
        Set<String> names = new HashSet<>(NOT_PASSED_ON);
        for (String options : headers.getOrDefault("Connection", List.of())) {
            for (String option : options.split(",", -1)) {
                names.add(option.strip().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
