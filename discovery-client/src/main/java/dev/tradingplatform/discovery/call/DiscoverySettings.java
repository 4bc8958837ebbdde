package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.RecordType;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.resolve.Nameservers;
import java.time.Duration;
import java.util.List;

/**
 * What differs between two deployments. Immutable; begin with {@link #inNamespace} and change what needs changing.
 *
 * @param namespace the DNS namespace, such as {@code trading-platform.local}; a host without a dot is looked up in it
 * @param nameservers IP addresses, each with a port if it is not 53; empty for those of {@code /etc/resolv.conf}
 * @param record which records to ask for
 * @param loopback whether answers may lead to loopback addresses, as on one machine
 * @param deadline for a whole call
 */
public record DiscoverySettings(
        String namespace, List<String> nameservers, RecordType record, boolean loopback, Duration deadline) {

    /** @throws IllegalArgumentException if a value is not one of those allowed; the message says which and why */
    public DiscoverySettings {
        namespace = new ServiceName(namespace).value();
        nameservers = List.copyOf(nameservers);
        nameservers.forEach(Nameservers::parse);
        CallPolicy.withDeadline(deadline);
    }

    /** SRV records, asked of the machine's nameservers, with a deadline of 10 s. */
    public static DiscoverySettings inNamespace(String namespace) {
        return new DiscoverySettings(namespace, List.of(), RecordType.SRV, false, CallPolicy.DEFAULT.deadline());
    }

    /** The same with other nameservers. */
    public DiscoverySettings withNameservers(String... servers) {
        return new DiscoverySettings(namespace, List.of(servers), record, loopback, deadline);
    }

    /** The same with another record type. */
    public DiscoverySettings withRecord(RecordType other) {
        return new DiscoverySettings(namespace, nameservers, other, loopback, deadline);
    }

    /** The same, on one machine. */
    public DiscoverySettings withLoopback() {
        return new DiscoverySettings(namespace, nameservers, record, true, deadline);
    }

    /** The same with another deadline. */
    public DiscoverySettings withDeadline(Duration other) {
        return new DiscoverySettings(namespace, nameservers, record, loopback, other);
    }
}
