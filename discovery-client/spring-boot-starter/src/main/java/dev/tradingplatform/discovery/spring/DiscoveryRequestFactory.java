package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.http.ServiceClient;
import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Sends what is for a service name through the discovery client, everything else as before. Thread-safe. */
final class DiscoveryRequestFactory implements ClientHttpRequestFactory {

    private final ServiceClient client;
    private final ClientHttpRequestFactory others;

    DiscoveryRequestFactory(ServiceClient client, ClientHttpRequestFactory others) {
        this.client = client;
        this.others = others;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        return client.serves(uri) ? new DiscoveryHttpRequest(client, uri, method) : others.createRequest(uri, method);
    }
}
