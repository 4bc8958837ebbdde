package dev.tradingplatform.discovery.spring;

import java.io.IOException;
import java.net.URI;
import java.util.function.Function;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/** Creates requests to services with one factory and all other requests with another one. Safe for concurrent use. */
final class ServiceRequestFactory implements ClientHttpRequestFactory, DisposableBean {

    private final Function<URI, ClientHttpRequestFactory> choice;
    private final ClientHttpRequestFactory otherHosts;

    /**
     * @param choice returns the factory for a URI
     * @param otherHosts the factory for hosts that are not services, which the application's context destroys with this
     *     one; the one for services is shared and ends with the {@code DiscoveryClient}
     */
    ServiceRequestFactory(Function<URI, ClientHttpRequestFactory> choice, ClientHttpRequestFactory otherHosts) {
        this.choice = choice;
        this.otherHosts = otherHosts;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        return choice.apply(uri).createRequest(uri, method);
    }

    @Override
    public void destroy() throws Exception {
        if (otherHosts instanceof DisposableBean disposable) {
            disposable.destroy();
        }
    }
}
