package dev.tradingplatform.discovery.autoconfigure;

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
 */
@ConfigurationProperties("discovery")
record DiscoveryProperties(
        String namespace,
        @DefaultValue List<String> nameservers,
        @DefaultValue("srv") RecordType record,
        @DefaultValue("false") boolean loopback,
        @DefaultValue("10s") Duration deadline) {

    DiscoverySettings settings() {
        return new DiscoverySettings(namespace, nameservers, record, loopback, deadline);
    }
}
