package dev.tradingplatform.discovery.autoconfigure;

import dev.tradingplatform.discovery.call.ServiceResponse;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** An answer as Spring reads it, with a header more that names the endpoint it came from. */
final class DiscoveryHttpResponse implements ClientHttpResponse {

    /** Set by this client, whatever the endpoint may have put there. */
    static final String ENDPOINT_HEADER = "Discovery-Endpoint";

    private final ServiceResponse response;
    private final HttpHeaders headers = new HttpHeaders();

    DiscoveryHttpResponse(ServiceResponse response) {
        this.response = response;
        response.headers().forEach(headers::addAll);
        headers.set(ENDPOINT_HEADER, response.endpoint().toString());
    }

    @Override
    public HttpStatusCode getStatusCode() {
        return HttpStatusCode.valueOf(response.status());
    }

    @Override
    public String getStatusText() {
        return "";
    }

    @Override
    public HttpHeaders getHeaders() {
        return headers;
    }

    @Override
    public InputStream getBody() {
        return response.body();
    }

    @Override
    public void close() {
        response.close();
    }
}
