package dev.tradingplatform.discovery.dns;

import dev.tradingplatform.discovery.Endpoint;
import java.util.Set;

/**
 * An endpoint and what DNS says about it. Immutable.
 *
 * @param endpoint where to connect
 * @param priority 0 to 65535, lower first (RFC 2782); 0 for A records
 * @param weight 0 to 65535, share among targets of equal priority (RFC 2782); 1 for A records and always in Cloud Map
 * @param record target and port of the SRV record, which stay known while its address cannot be looked up; empty for A
 *     records
 * @param aliases names in lower case, without the final dot, that the service name is an alias (CNAME) of; a server may
 *     identify itself by any of them
 */
public record Target(Endpoint endpoint, int priority, int weight, String record, Set<String> aliases) {

    /** Copies the aliases. */
    public Target {
        aliases = Set.copyOf(aliases);
    }

    /** Creates the target of an SRV record of a name that is no alias. */
    public Target(Endpoint endpoint, int priority, int weight, String record) {
        this(endpoint, priority, weight, record, Set.of());
    }

    /** Creates the target of an A record of a name that is no alias. */
    public Target(Endpoint endpoint, int priority, int weight) {
        this(endpoint, priority, weight, "");
    }

    Target withAliases(Set<String> names) {
        return new Target(endpoint, priority, weight, record, names);
    }
}
