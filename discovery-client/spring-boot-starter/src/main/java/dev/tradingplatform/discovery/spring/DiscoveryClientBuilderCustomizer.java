package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryClient;

/**
 * Changes the {@link DiscoveryClient} that the starter builds. Beans of this type are called in their order, after the
 * properties were applied.
 */
@FunctionalInterface
public interface DiscoveryClientBuilderCustomizer {

    /** Changes settings of the builder; they replace those of the properties. */
    void customize(DiscoveryClient.Builder builder);
}
