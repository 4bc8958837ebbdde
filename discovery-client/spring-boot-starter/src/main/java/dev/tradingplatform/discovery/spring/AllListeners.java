package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.dns.ServiceName;
import dev.tradingplatform.discovery.http.DiscoveryListener;
import java.time.Duration;
import java.util.List;

/**
 * Passes on to every listener of the application.
 *
 * @param listeners each hears everything, in this order
 */
record AllListeners(List<DiscoveryListener> listeners) implements DiscoveryListener {

    @Override
    public void called(ServiceName service, String outcome, Duration took) {
        listeners.forEach(listener -> listener.called(service, outcome, took));
    }

    @Override
    public void attempted(ServiceName service, Endpoint endpoint, String outcome) {
        listeners.forEach(listener -> listener.attempted(service, endpoint, outcome));
    }

    @Override
    public void changed(ServiceName service, Endpoint endpoint, EndpointState state, String reason) {
        listeners.forEach(listener -> listener.changed(service, endpoint, state, reason));
    }

    @Override
    public void lookedUp(ServiceName service, String outcome, String problem) {
        listeners.forEach(listener -> listener.lookedUp(service, outcome, problem));
    }
}
