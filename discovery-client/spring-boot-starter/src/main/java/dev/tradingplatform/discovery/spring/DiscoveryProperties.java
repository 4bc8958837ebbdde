package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.http.CallPolicy;
import dev.tradingplatform.discovery.http.DiscoverySettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of discovery-client.
 *
 * @param namespace DNS namespace of the services, such as trading-platform.local. Without it discovery is off.
 * @param nameservers nameservers to ask, each an IP address, with a port if it is not 53. Those of /etc/resolv.conf if
 *     empty.
 * @param record DNS records that say where a service is.
 * @param loopback whether DNS answers may lead to loopback addresses, as needed for a platform on one machine.
 * @param ipv6 whether to ask for IPv6 addresses (AAAA records) as well.
 * @param deadline time for a whole call: the wait for DNS and all attempts.
 * @param deadlines the same for single services, such as discovery.deadlines.stock-service=2s.
 * @param connectTimeout time for one connection, after which the next endpoint is tried.
 * @param maxConcurrentCalls calls of one service that may be under way at once; further ones fail at once.
 * @param hedgeAfter time after which a GET without an answer is sent to a second endpoint as well; 0s for never.
 * @param zoneCidrs address ranges of the own availability zone, whose endpoints are preferred from six on. On ECS the
 *     own subnet if empty.
 * @param slowStart time an endpoint that joins later takes to reach its full share; 0s for at once.
 */
@ConfigurationProperties("discovery")
record DiscoveryProperties(
        String namespace,
        @DefaultValue List<String> nameservers,
        @DefaultValue("srv") RecordType record,
        @DefaultValue("false") boolean loopback,
        @DefaultValue("false") boolean ipv6,
        @DefaultValue("10s") Duration deadline,
        @DefaultValue Map<String, Duration> deadlines,
        @DefaultValue("250ms") Duration connectTimeout,
        @DefaultValue("1000") int maxConcurrentCalls,
        @DefaultValue("0s") Duration hedgeAfter,
        @DefaultValue List<String> zoneCidrs,
        @DefaultValue("0s") Duration slowStart) {

    /** @throws IllegalArgumentException if a value cannot be used; the message names key, value and what is allowed */
    DiscoverySettings settings() {
        CallPolicy calls = checked("deadline", () -> CallPolicy.withDeadline(deadline));
        CallPolicy connecting = checked("connect-timeout", () -> calls.withConnectTimeout(connectTimeout));
        CallPolicy bounded =
                checked("max-concurrent-calls", () -> connecting.withMostConcurrentCalls(maxConcurrentCalls));
        CallPolicy hedged = checked("hedge-after", () -> bounded.withHedgeAfter(hedgeAfter));
        DiscoverySettings named = checked("namespace", () -> DiscoverySettings.inNamespace(namespace));
        DiscoverySettings asking =
                checked("nameservers", () -> named.withNameservers(nameservers.toArray(String[]::new)));
        DiscoverySettings zoned = checked("zone-cidrs", () -> asking.withZoneCidrs(zoneCidrs.toArray(String[]::new)));
        DiscoverySettings starting = checked("slow-start", () -> zoned.withSlowStart(slowStart));
        DiscoverySettings recorded = limited(starting.withRecord(record).withCalls(hedged));
        DiscoverySettings reaching = loopback ? recorded.withLoopback() : recorded;
        return ipv6 ? reaching.withIpv6() : reaching;
    }

    private DiscoverySettings limited(DiscoverySettings settings) {
        DiscoverySettings limited = settings;
        for (Map.Entry<String, Duration> limit : deadlines.entrySet()) {
            DiscoverySettings before = limited;
            limited =
                    checked("deadlines." + limit.getKey(), () -> before.withDeadline(limit.getKey(), limit.getValue()));
        }
        return limited;
    }

    private static <T> T checked(String key, Supplier<T> setting) {
        try {
            return setting.get();
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "discovery." + key + " cannot be used: " + refused.getMessage(), refused);
        }
    }
}
