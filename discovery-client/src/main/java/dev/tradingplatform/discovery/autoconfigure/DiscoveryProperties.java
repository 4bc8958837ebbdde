package dev.tradingplatform.discovery.autoconfigure;

import dev.tradingplatform.discovery.call.CallPolicy;
import dev.tradingplatform.discovery.call.DiscoverySettings;
import dev.tradingplatform.discovery.endpoint.RecordType;
import java.time.Duration;
import java.util.List;
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
 * @param deadline time for a whole call: the wait for DNS and all attempts.
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
        @DefaultValue("10s") Duration deadline,
        @DefaultValue("250ms") Duration connectTimeout,
        @DefaultValue("1000") int maxConcurrentCalls,
        @DefaultValue("0s") Duration hedgeAfter,
        @DefaultValue List<String> zoneCidrs,
        @DefaultValue("0s") Duration slowStart) {

    DiscoverySettings settings() {
        CallPolicy calls = CallPolicy.withDeadline(deadline)
                .withConnectTimeout(connectTimeout)
                .withMostConcurrentCalls(maxConcurrentCalls)
                .withHedgeAfter(hedgeAfter);
        return new DiscoverySettings(namespace, nameservers, record, loopback, calls, zoneCidrs, slowStart);
    }
}
