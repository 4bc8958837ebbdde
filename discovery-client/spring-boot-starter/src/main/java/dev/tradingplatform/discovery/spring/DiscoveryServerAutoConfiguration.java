package dev.tradingplatform.discovery.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * Lets a servlet application name itself in its responses, keep to the deadlines of its clients, and shut down without
 * failed calls; see {@code discovery.server.*}. Needs no namespace.
 */
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(DiscoveryProperties.class)
public final class DiscoveryServerAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DrainOnShutdown discoveryDrain(ApplicationContext application, DiscoveryProperties properties) {
        return new DrainOnShutdown(application, properties.server().drain());
    }

    @Bean
    @ConditionalOnMissingBean(name = "discoveryIdentityFilter")
    IdentityFilter discoveryIdentityFilter(DiscoveryProperties properties, DrainOnShutdown drain) {
        return new IdentityFilter(properties.server().name(), drain);
    }

    @Bean
    @ConditionalOnMissingBean(name = "discoveryDeadlineFilter")
    DeadlineFilter discoveryDeadlineFilter() {
        return new DeadlineFilter(System::nanoTime);
    }
}
