package dev.tradingplatform.discovery.dns;

/** Looks service names up. Safe for concurrent use. */
@FunctionalInterface
public interface Resolver {

    /**
     * Looks the name up and waits for the outcome. Failures of DNS and of the network are outcomes, not exceptions.
     *
     * @param port port of the endpoints if the records have none; SRV records have one
     */
    Resolution resolve(ServiceName service, int port);

    /** Returns what {@link #resolve} queries, and from which nameservers, for messages about lookups in flight. */
    default String query(ServiceName service) {
        return service.value();
    }
}
