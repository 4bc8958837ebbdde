package dev.tradingplatform.discovery.resolve;

import dev.tradingplatform.discovery.endpoint.Endpoint;

/**
 * An endpoint as DNS named it. Immutable.
 *
 * @param endpoint where to connect
 * @param priority 0 to 65535, lower first (RFC 2782); 0 for A records
 * @param weight 0 to 65535, the share among equals in priority (RFC 2782); 1 for A records and in Cloud Map always
 * @param record the SRV record's target and port, which stay the same while its address cannot be looked up; empty for
 *     A records
 */
public record Target(Endpoint endpoint, int priority, int weight, String record) {

    /** Of an A record. */
    public Target(Endpoint endpoint, int priority, int weight) {
        this(endpoint, priority, weight, "");
    }
}
