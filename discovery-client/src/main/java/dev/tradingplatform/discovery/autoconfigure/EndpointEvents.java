package dev.tradingplatform.discovery.autoconfigure;

import dev.tradingplatform.discovery.call.DiscoveryListener;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.ServiceName;
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
