package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryClient;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Lets WebClient fail with a clear sentence when it is asked for a service, in place of an error of the system's
 * resolver or of a call without failover. It is the innermost filter: what another filter, such as a load balancer, has
 * resolved is not refused. Hosts that the namespace does not contain are called as ever.
 */
final class WebClientRefusal implements WebClientCustomizer, ExchangeFilterFunction {

    private static final Logger LOG = LoggerFactory.getLogger(WebClientRefusal.class);

    private final DiscoveryClient client;

    WebClientRefusal(DiscoveryClient client) {
        this.client = client;
        LOG.info("discovery-client does not support WebClient: call services with RestClient, RestTemplate or an HTTP"
                + " interface. Calls of WebClient to other hosts are not affected");
    }

    @Override
    public void customize(WebClient.Builder builder) {
        builder.filters(filters -> filters.add(this));
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        URI uri = request.url();
        if (!client.serves(uri)) {
            return next.exchange(request);
        }
        // The lookup may wait for DNS, and the thread that subscribes may be one that must not wait.
        return Mono.fromCallable(
                        () -> client.endpoints(ServiceSslBundles.host(uri)).isEmpty())
                .subscribeOn(Schedulers.boundedElastic())
                .flatMap(unknown -> unknown ? next.exchange(request) : Mono.error(refusal(uri)));
    }

    private static UnsupportedOperationException refusal(URI uri) {
        return new UnsupportedOperationException("discovery-client does not support WebClient: call "
                + uri.getAuthority() + " with RestClient, RestTemplate or an HTTP interface");
    }
}
