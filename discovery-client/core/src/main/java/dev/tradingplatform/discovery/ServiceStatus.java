package dev.tradingplatform.discovery;

import java.time.Duration;
import java.util.List;

/**
 * A snapshot of one service. Immutable.
 *
 * @param service absolute DNS name in lower case, without the final dot
 * @param recordType the records that its endpoints come from
 * @param inUse whether it was called within the last five minutes; the client looks up only names in use
 * @param stale whether the resolution in use is older than its TTL
 * @param remainingTtl how long the resolution in use stays fresh; negative if it is stale
 * @param warning what went wrong in the latest lookup, one sentence; empty if nothing did
 * @param activity what the rules for failures have done
 * @param endpoints all known endpoints by address and port, including those removed within the last minute
 */
public record ServiceStatus(
        String service,
        RecordType recordType,
        boolean inUse,
        boolean stale,
        Duration remainingTtl,
        String warning,
        ServiceActivity activity,
        List<EndpointStatus> endpoints) {

    /** Copies the list. */
    public ServiceStatus {
        endpoints = List.copyOf(endpoints);
    }
}
