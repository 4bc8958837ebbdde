package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs changes of endpoints and passes all events on to a listener. What that throws is logged: a failure of the
 * listener must not fail the call.
 *
 * @param listener of the application
 */
public record SafeListener(DiscoveryListener listener) implements DiscoveryListener {

    private static final Logger LOG = LoggerFactory.getLogger(SafeListener.class);
    private static final Logger ENDPOINTS = LoggerFactory.getLogger(Service.class);

    @Override
    public void onCall(String service, String outcome, Duration duration) {
        safely(() -> listener.onCall(service, outcome, duration));
    }

    @Override
    public void onAttempt(String service, Endpoint endpoint, String outcome, boolean hedged) {
        safely(() -> listener.onAttempt(service, endpoint, outcome, hedged));
    }

    @Override
    public void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {
        ENDPOINTS.info("{}: endpoint {} is {} ({})", service, endpoint, state, reason);
        safely(() -> listener.onEndpointChange(service, endpoint, state, reason));
    }

    @Override
    public void onLookup(String service, String outcome, String warning) {
        safely(() -> listener.onLookup(service, outcome, warning));
    }

    private static void safely(Runnable event) {
        try {
            event.run();
        } catch (RuntimeException | Error failure) {
            LOG.warn("A DiscoveryListener threw an exception; the event is lost to it", failure);
        }
    }
}
