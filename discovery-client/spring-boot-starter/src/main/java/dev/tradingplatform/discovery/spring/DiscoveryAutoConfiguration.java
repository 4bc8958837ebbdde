package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.http.DiscoveryListener;
import dev.tradingplatform.discovery.http.ServiceClient;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes a {@link ServiceClient} when {@code discovery.namespace} is set, and lets every HTTP client that Spring Boot
 * builds (RestClient, HTTP interfaces, RestTemplate) send through it whenever the host of a URL is a service name.
 */
@AutoConfiguration(
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@ConditionalOnProperty("discovery.namespace")
@EnableConfigurationProperties(DiscoveryProperties.class)
public final class DiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServiceClient serviceClient(DiscoveryProperties properties, ObjectProvider<DiscoveryListener> listeners) {
        return ServiceClient.of(
                properties.settings(),
                new AllListeners(listeners.orderedStream().toList()));
    }

    @Bean
    EndpointEvents discoveryEvents(ApplicationEventPublisher publisher) {
        return new EndpointEvents(publisher);
    }

    /** Only with Spring Cloud Commons. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(DiscoveryClient.class)
    static class SpringCloud {

        @Bean
        CloudDiscoveryClient cloudDiscoveryClient(ServiceClient client) {
            return new CloudDiscoveryClient(client);
        }
    }

    /** Only where Spring's blocking HTTP clients are there to be taught. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ClientHttpRequestFactoryBuilder.class)
    static class HttpClients {

        @Bean
        static BeanPostProcessor discoveringHttpClients(ObjectProvider<ServiceClient> client) {
            return new DiscoveringHttpClients(client);
        }
    }

    /** Only with Micrometer and somewhere to count. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        DiscoveryMetrics discoveryMetrics(MeterRegistry registry, ObjectProvider<ServiceClient> client) {
            return new DiscoveryMetrics(registry, client::getObject);
        }
    }

    /** Only with the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class Actuator {

        @Bean
        @ConditionalOnAvailableEndpoint
        DiscoveryEndpoint discoveryEndpoint(ServiceClient client) {
            return new DiscoveryEndpoint(client);
        }
    }

    /** Only where health is told. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("discovery")
    static class HealthIndicators {

        @Bean
        DiscoveryHealthIndicator discoveryHealthIndicator(ServiceClient client) {
            return new DiscoveryHealthIndicator(client::status);
        }
    }
}
