package dev.tradingplatform.discovery.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Lets a servlet application say who it is, keep to its callers' deadlines, and leave without them noticing; see
 * {@code discovery.server.*}.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(DiscoveryServerProperties.class)
public final class DiscoveryServerAutoConfiguration {

    @Bean
    Drain discoveryDrain(ApplicationContext application, DiscoveryServerProperties properties) {
        return new Drain(application, properties.drain());
    }

    @Bean
    IdentityFilter discoveryIdentityFilter(DiscoveryServerProperties properties, Drain drain) {
        return new IdentityFilter(properties.name(), drain);
    }

    @Bean
    TimeLeftFilter discoveryTimeLeftFilter() {
        return new TimeLeftFilter(System::nanoTime);
    }
}
