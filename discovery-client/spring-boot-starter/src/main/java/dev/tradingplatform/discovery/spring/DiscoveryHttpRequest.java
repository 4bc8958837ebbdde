package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.http.ServiceClient;
import dev.tradingplatform.discovery.http.ServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpResponse;

/** Collects a request, body included, so that it can be sent to more than one endpoint. For one thread. */
final class DiscoveryHttpRequest extends AbstractClientHttpRequest {

    private final ServiceClient client;
    private final URI uri;
    private final HttpMethod method;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);

    DiscoveryHttpRequest(ServiceClient client, URI uri, HttpMethod method) {
        this.client = client;
        this.uri = uri;
        this.method = method;
    }

    @Override
    public HttpMethod getMethod() {
        return method;
    }

    @Override
    public URI getURI() {
        return uri;
    }

    @Override
    protected OutputStream getBodyInternal(HttpHeaders headers) {
        return body;
    }

    @Override
    protected ClientHttpResponse executeInternal(HttpHeaders headers) {
        Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, values) -> copy.put(name, new ArrayList<>(values)));
        return new DiscoveryHttpResponse(client.send(ServiceRequest.of(method.name(), uri, copy, body.toByteArray())));
    }
}
