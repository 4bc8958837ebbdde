package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.dns.ServiceName;
import dev.tradingplatform.discovery.http.DiscoveryListener;
import org.springframework.context.ApplicationEventPublisher;

/** Publishes changes of endpoints as application events. Thread-safe. */
final class EndpointEvents implements DiscoveryListener {

    private final ApplicationEventPublisher publisher;

    EndpointEvents(ApplicationEventPublisher publisher) {
        this.publisher = publisher;
    }

    @Override
    public void changed(ServiceName service, Endpoint endpoint, EndpointState state, String reason) {
        publisher.publishEvent(new EndpointChanged(service, endpoint, state, reason));
    }
}
