package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.Endpoint;
import java.util.Set;

/**
 * An endpoint as DNS named it. Immutable.
 *
 * @param endpoint where to connect
 * @param priority 0 to 65535, lower first (RFC 2782); 0 for A records
 * @param weight 0 to 65535, the share among equals in priority (RFC 2782); 1 for A records and in Cloud Map always
 * @param record the SRV record's target and port, which stay the same while its address cannot be looked up; empty for
 *     A records
 * @param aliases the names in lower case, without the final dot, that the service name is an alias (CNAME) of; who
 *     answers there may call itself by any of them
 */
public record Target(Endpoint endpoint, int priority, int weight, String record, Set<String> aliases) {

    /** Copies the names. */
    public Target {
        aliases = Set.copyOf(aliases);
    }

    /** Of a name that is no alias. */
    public Target(Endpoint endpoint, int priority, int weight, String record) {
        this(endpoint, priority, weight, record, Set.of());
    }

    /** Of an A record. */
    public Target(Endpoint endpoint, int priority, int weight) {
        this(endpoint, priority, weight, "");
    }

    /** The same behind a name that is an alias. */
    Target behind(Set<String> names) {
        return new Target(endpoint, priority, weight, record, names);
    }
}
