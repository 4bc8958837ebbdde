package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryException;
import java.util.concurrent.atomic.AtomicInteger;

/** Limits the calls of one service that are in flight at the same time. Safe for concurrent use. */
final class ServiceLimiter {

    private final String service;
    private final AtomicInteger inFlight = new AtomicInteger();

    ServiceLimiter(String service) {
        this.service = service;
    }

    /**
     * Admits a call; {@link #leave} must follow.
     *
     * @throws DiscoveryException.Rejected if {@code max} calls are in flight
     */
    void enter(int max) throws DiscoveryException.Rejected {
        if (inFlight.incrementAndGet() > max) {
            inFlight.decrementAndGet();
            throw new DiscoveryException.Rejected(
                    service, max + " calls are in flight already (discovery.max-concurrent-calls)");
        }
    }

    void leave() {
        inFlight.decrementAndGet();
    }

    int inFlight() {
        return inFlight.get();
    }
}
