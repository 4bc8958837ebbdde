package dev.tradingplatform.discovery.endpoint;

import java.time.Duration;
import java.util.List;

/**
 * What is known of one service at one moment. Immutable.
 *
 * @param service its name
 * @param record which records the endpoints come from
 * @param inUse whether it has been called within the last five minutes: it is looked up while it is
 * @param stale whether the answer in use has outlived its ttl
 * @param ttlLeft how long the answer in use stays fresh; negative by how long it has been stale
 * @param problem what went wrong in the last lookup, in plain words; empty when it succeeded
 * @param endpoints every endpoint known, those that left lately included, by address and port
 */
public record ServiceStatus(
        ServiceName service,
        RecordType record,
        boolean inUse,
        boolean stale,
        Duration ttlLeft,
        String problem,
        List<EndpointStatus> endpoints) {

    /** Copies the list. */
    public ServiceStatus {
        endpoints = List.copyOf(endpoints);
    }
}
