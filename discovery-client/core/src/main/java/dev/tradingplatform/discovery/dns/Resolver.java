package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.dns.ServiceName;

/** Looks a service name up. Safe for concurrent use. */
@FunctionalInterface
public interface Resolver {

    /**
     * Asks and waits for the outcome, every failure included: it throws nothing for what a network can do.
     *
     * @param service the name
     * @param port the port of its endpoints where the records name none; SRV records do
     */
    Resolution resolve(ServiceName service, int port);

    /** What that asks and whom, in plain words, for those who cannot wait for the outcome. */
    default String question(ServiceName service) {
        return service.value();
    }
}
