package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes on to a listener, and goes on when that throws: what it says of a call must not cost the call its answer, nor
 * the answer its connection.
 *
 * @param listener whoever wants to hear
 */
record ToleratedListener(DiscoveryListener listener) implements DiscoveryListener {

    private static final Logger LOG = LoggerFactory.getLogger(ToleratedListener.class);

    @Override
    public void called(ServiceName service, String outcome, Duration took) {
        tolerating(() -> listener.called(service, outcome, took));
    }

    @Override
    public void attempted(ServiceName service, Endpoint endpoint, String outcome) {
        tolerating(() -> listener.attempted(service, endpoint, outcome));
    }

    @Override
    public void changed(ServiceName service, Endpoint endpoint, EndpointState state, String reason) {
        tolerating(() -> listener.changed(service, endpoint, state, reason));
    }

    @Override
    public void lookedUp(ServiceName service, String outcome, String problem) {
        tolerating(() -> listener.lookedUp(service, outcome, problem));
    }

    private static void tolerating(Runnable telling) {
        try {
            telling.run();
        } catch (RuntimeException | Error fault) {
            LOG.warn("A listener failed, and what it was told is lost to it", fault);
        }
    }
}
