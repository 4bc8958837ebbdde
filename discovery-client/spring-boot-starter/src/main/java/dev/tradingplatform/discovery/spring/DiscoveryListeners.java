package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import java.time.Duration;
import java.util.List;

/**
 * Passes each event on to all listeners of the application.
 *
 * @param listeners called in this order
 */
record DiscoveryListeners(List<DiscoveryListener> listeners) implements DiscoveryListener {

    @Override
    public void onCall(String service, String outcome, Duration duration) {
        listeners.forEach(listener -> listener.onCall(service, outcome, duration));
    }

    @Override
    public void onAttempt(String service, Endpoint endpoint, String outcome, boolean hedged) {
        listeners.forEach(listener -> listener.onAttempt(service, endpoint, outcome, hedged));
    }

    @Override
    public void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {
        listeners.forEach(listener -> listener.onEndpointChange(service, endpoint, state, reason));
    }

    @Override
    public void onLookup(String service, String outcome, String warning) {
        listeners.forEach(listener -> listener.onLookup(service, outcome, warning));
    }
}
