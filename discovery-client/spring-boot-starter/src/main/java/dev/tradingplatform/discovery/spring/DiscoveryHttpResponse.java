package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.http.DiscoveryHeaders;
import dev.tradingplatform.discovery.http.ServiceResponse;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;

/** An answer as Spring reads it, with a header more that names the endpoint it came from. */
final class DiscoveryHttpResponse implements ClientHttpResponse {

    private final ServiceResponse response;
    private final HttpHeaders headers = new HttpHeaders();

    DiscoveryHttpResponse(ServiceResponse response) {
        this.response = response;
        response.headers().forEach(headers::addAll);
        headers.set(DiscoveryHeaders.ENDPOINT, response.endpoint().toString());
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
