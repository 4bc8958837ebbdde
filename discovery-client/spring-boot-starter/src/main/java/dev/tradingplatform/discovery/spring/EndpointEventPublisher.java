package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes changes of endpoints as application events. Safe for concurrent use.
 *
 * @param publisher of the application
 */
record EndpointEventPublisher(ApplicationEventPublisher publisher) implements DiscoveryListener {

    @Override
    public void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {
        publisher.publishEvent(new EndpointChangedEvent(service, endpoint, state, reason));
    }
}
