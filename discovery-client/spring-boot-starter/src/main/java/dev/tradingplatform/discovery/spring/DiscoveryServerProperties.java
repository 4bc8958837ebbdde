package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.dns.ServiceName;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of a service that others find through DNS.
 *
 * @param name name of the Cloud Map service this process is an instance of, such as stock-service. Without it responses
 *     do not say who gave them.
 * @param drain how long to keep serving after SIGTERM. ECS does not wait for the DNS ttl before it stops a task, so
 *     this should be the ttl and a few seconds; 0s, the default, is for a laptop.
 */
@ConfigurationProperties("discovery.server")
record DiscoveryServerProperties(
        @DefaultValue("") String name, @DefaultValue("0s") Duration drain) {

    /** @throws IllegalArgumentException if the name is none, or the drain time is negative */
    DiscoveryServerProperties {
        try {
            name = name.isEmpty() ? name : new ServiceName(name).value();
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "discovery.server.name cannot be used: " + refused.getMessage(), refused);
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("discovery.server.drain: " + drain + " (expected: 0s or more)");
        }
    }
}
