package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.Endpoint;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.HttpResponseInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/**
 * Adds the endpoint that sent a response to its header fields, because RestClient gives no access to the connection. An
 * interceptor runs in each attempt, so that a hedged attempt names its own endpoint. Safe for concurrent use.
 */
final class RespondingEndpoint implements HttpResponseInterceptor {

    /** Address and port. Only within this process: a value that a server sends is replaced. */
    static final String HEADER = "Responding-Endpoint";

    @Override
    public void process(HttpResponse response, @Nullable EntityDetails entity, HttpContext context) {
        response.removeHeaders(HEADER);
        endpoint(context).ifPresent(endpoint -> response.setHeader(HEADER, endpoint.toString()));
    }

    private static Optional<Endpoint> endpoint(HttpContext context) {
        EndpointDetails connection = HttpCoreContext.cast(context).getEndpointDetails();
        return connection != null && connection.getRemoteAddress() instanceof InetSocketAddress remote
                ? Optional.of(new Endpoint(remote.getAddress(), remote.getPort()))
                : Optional.empty();
    }
}
