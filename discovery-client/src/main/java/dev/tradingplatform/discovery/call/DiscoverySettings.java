package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Cidr;
import dev.tradingplatform.discovery.endpoint.RecordType;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.resolve.Nameservers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two deployments. Immutable; begin with {@link #inNamespace} and change what needs changing.
 *
 * @param namespace the DNS namespace, such as {@code trading-platform.local}; a host without a dot is looked up in it
 * @param nameservers IP addresses, each with a port if it is not 53; empty for those of {@code /etc/resolv.conf}
 * @param record which records to ask for
 * @param loopback whether answers may lead to loopback addresses, as on one machine
 * @param ipv6 whether to ask for IPv6 addresses (AAAA records) as well
 * @param calls how long calls may take, and how many there may be
 * @param deadlines for services whose calls may take shorter or longer than those of the others
 * @param zoneCidrs address ranges of the own availability zone, such as {@code 10.0.1.0/24}; empty for the own subnet
 *     as ECS tells it, and none outside ECS
 * @param slowStart how long an endpoint that joins later takes to reach its full share; zero for at once
 */
public record DiscoverySettings(
        String namespace,
        List<String> nameservers,
        RecordType record,
        boolean loopback,
        boolean ipv6,
        CallPolicy calls,
        Map<ServiceName, Duration> deadlines,
        List<String> zoneCidrs,
        Duration slowStart) {

    /** @throws IllegalArgumentException if a value is not one of those allowed; the message says which and why */
    public DiscoverySettings {
        namespace = new ServiceName(namespace).value();
        nameservers = List.copyOf(nameservers);
        nameservers.forEach(Nameservers::parse);
        deadlines = Map.copyOf(deadlines);
        deadlines.forEach((service, deadline) -> calls.within(deadline));
        zoneCidrs = List.copyOf(zoneCidrs);
        zoneCidrs.forEach(Cidr::new);
        if (slowStart.isNegative()) {
            throw new IllegalArgumentException("slow start: " + slowStart + " (expected: zero or more)");
        }
    }

    /** SRV records, asked of the machine's nameservers, and the defaults of {@link CallPolicy}. */
    public static DiscoverySettings inNamespace(String namespace) {
        return new DiscoverySettings(
                namespace,
                List.of(),
                RecordType.SRV,
                false,
                false,
                CallPolicy.DEFAULT,
                Map.of(),
                List.of(),
                Duration.ZERO);
    }

    /** The same with other nameservers. */
    public DiscoverySettings withNameservers(String... servers) {
        return new DiscoverySettings(
                namespace, List.of(servers), record, loopback, ipv6, calls, deadlines, zoneCidrs, slowStart);
    }

    /** The same with another record type. */
    public DiscoverySettings withRecord(RecordType other) {
        return new DiscoverySettings(
                namespace, nameservers, other, loopback, ipv6, calls, deadlines, zoneCidrs, slowStart);
    }

    /** The same, on one machine. */
    public DiscoverySettings withLoopback() {
        return new DiscoverySettings(
                namespace, nameservers, record, true, ipv6, calls, deadlines, zoneCidrs, slowStart);
    }

    /** The same, asking for IPv6 addresses too. */
    public DiscoverySettings withIpv6() {
        return new DiscoverySettings(
                namespace, nameservers, record, loopback, true, calls, deadlines, zoneCidrs, slowStart);
    }

    /** The same with another policy for calls. */
    public DiscoverySettings withCalls(CallPolicy other) {
        return new DiscoverySettings(
                namespace, nameservers, record, loopback, ipv6, other, deadlines, zoneCidrs, slowStart);
    }

    /**
     * The same with a time limit of its own for one service: a slow report may take a minute without a quote's call
     * doing so too.
     *
     * @param host a service name, as in a URL
     * @param deadline for a whole call, as {@link CallPolicy#deadline()}; attempts get three tenths of it
     */
    public DiscoverySettings withDeadline(String host, Duration deadline) {
        Map<ServiceName, Duration> more = new HashMap<>(deadlines);
        more.put(ServiceName.of(host, namespace), deadline);
        return new DiscoverySettings(namespace, nameservers, record, loopback, ipv6, calls, more, zoneCidrs, slowStart);
    }

    CallPolicy calls(ServiceName service) {
        Duration deadline = deadlines.get(service);
        return deadline == null ? calls : calls.within(deadline);
    }

    /** The same with a zone to prefer. */
    public DiscoverySettings withZoneCidrs(String... ranges) {
        return new DiscoverySettings(
                namespace, nameservers, record, loopback, ipv6, calls, deadlines, List.of(ranges), slowStart);
    }

    /** The same with a slow start for endpoints that join later. */
    public DiscoverySettings withSlowStart(Duration other) {
        return new DiscoverySettings(
                namespace, nameservers, record, loopback, ipv6, calls, deadlines, zoneCidrs, other);
    }
}
