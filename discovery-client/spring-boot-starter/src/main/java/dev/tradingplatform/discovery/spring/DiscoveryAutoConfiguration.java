package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryListener;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.ClientHttpRequestFactoryBuilderCustomizer;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.ResourceLoader;

/**
 * Makes a {@link DiscoveryClient} if {@code discovery.namespace} is set, and lets every blocking HTTP client that
 * Spring Boot builds (RestClient, RestTemplate, HTTP interfaces) call services by name.
 */
@AutoConfiguration(
        after = ImperativeHttpClientAutoConfiguration.class,
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
@Conditional(OnNamespace.class)
@EnableConfigurationProperties(DiscoveryProperties.class)
public final class DiscoveryAutoConfiguration {

    // Spring Cloud's registries have a bean of another type that is called discoveryClient.
    @Bean
    @ConditionalOnMissingBean
    DiscoveryClient dnsDiscoveryClient(
            DiscoveryProperties properties,
            ObjectProvider<HttpClientSettings> settings,
            ObjectProvider<DiscoveryListener> listeners,
            ObjectProvider<DiscoveryClientBuilderCustomizer> customizers) {
        DiscoveryClient.Builder builder = DiscoveryClient.builder();
        properties.applyTo(builder, settings.getIfAvailable(HttpClientSettings::defaults));
        builder.listener(new DiscoveryListeners(listeners.orderedStream().toList()));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return DiscoveryProperties.build(builder);
    }

    @Bean
    @ConditionalOnMissingBean(name = "discoveryEventPublisher")
    EndpointEventPublisher discoveryEventPublisher(ApplicationEventPublisher publisher) {
        return new EndpointEventPublisher(publisher);
    }

    @Bean
    static RequestFactoryBuilderPrecedence discoveryRequestFactoryBuilderPrecedence() {
        return new RequestFactoryBuilderPrecedence();
    }

    // A reactive web application has no such bean: Boot detects the client where it builds it, and would find the
    // HttpClient of this library.
    @Bean
    @ConditionalOnMissingBean(ClientHttpRequestFactoryBuilder.class)
    ClientHttpRequestFactoryBuilder<?> otherHostsRequestFactoryBuilder(ResourceLoader resources) {
        return OtherHostsHttpClient.detect(resources.getClassLoader());
    }

    /**
     * @param others the builder that would be injected without this one
     * @param customizers for builders of Apache HttpClient. If the other builder is one, Boot has applied them to it.
     */
    @Bean(RequestFactoryBuilderPrecedence.LIBRARY_BEAN)
    @Primary
    @ConditionalOnMissingBean(name = RequestFactoryBuilderPrecedence.LIBRARY_BEAN)
    ServiceRequestFactoryBuilder discoveryRequestFactoryBuilder(
            DiscoveryClient client,
            DiscoveryProperties properties,
            ClientHttpRequestFactoryBuilder<?> others,
            ObjectProvider<HttpClientSettings> settings,
            ObjectProvider<SslBundles> sslBundles,
            ObjectProvider<ClientHttpRequestFactoryBuilderCustomizer<HttpComponentsClientHttpRequestFactoryBuilder>>
                    customizers) {
        HttpComponentsClientHttpRequestFactoryBuilder services;
        if (others instanceof HttpComponentsClientHttpRequestFactoryBuilder applications) {
            services = applications;
        } else {
            services = ClientHttpRequestFactoryBuilder.httpComponents();
            for (var customizer : customizers.orderedStream().toList()) {
                services = customizer.customize(services);
            }
        }
        SslBundles bundles = sslBundles.getIfAvailable(DefaultSslBundleRegistry::new);
        return new ServiceRequestFactoryBuilder(
                client,
                others,
                services,
                settings.getIfAvailable(HttpClientSettings::defaults),
                new ServiceSslBundles(properties, bundles));
    }

    /** Only with WebClient. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebClientCustomizer.class)
    static class WebClients {

        @Bean
        @Order(Ordered.LOWEST_PRECEDENCE)
        @ConditionalOnMissingBean(name = "discoveryWebClientRefusal")
        WebClientRefusal discoveryWebClientRefusal(DiscoveryClient client) {
            return new WebClientRefusal(client);
        }
    }

    /** Only with Spring Cloud Commons. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = "org.springframework.cloud.client.discovery.DiscoveryClient")
    static class SpringCloud {

        @Bean
        @ConditionalOnMissingBean(name = "dnsSpringCloudDiscoveryClient")
        SpringCloudDiscoveryClient dnsSpringCloudDiscoveryClient(DiscoveryClient client) {
            return new SpringCloudDiscoveryClient(client);
        }
    }

    /** Only with Micrometer and a registry. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterRegistry.class)
    @ConditionalOnBean(MeterRegistry.class)
    static class Metrics {

        @Bean
        @ConditionalOnMissingBean(name = "discoveryMetrics")
        DiscoveryMetrics discoveryMetrics(MeterRegistry registry, ObjectProvider<DiscoveryClient> client) {
            return new DiscoveryMetrics(registry, () -> client.getObject().status(), System::nanoTime);
        }
    }

    /** Only with the actuator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
    static class Actuator {

        @Bean
        @ConditionalOnAvailableEndpoint
        @ConditionalOnMissingBean(name = "discoveryEndpoint")
        DiscoveryEndpoint discoveryEndpoint(DiscoveryClient client) {
            return new DiscoveryEndpoint(client::status);
        }
    }

    /** Only with health indicators. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
    @ConditionalOnEnabledHealthIndicator("discovery")
    static class HealthIndicators {

        @Bean
        @ConditionalOnMissingBean(name = "discoveryHealthIndicator")
        DiscoveryHealthIndicator discoveryHealthIndicator(DiscoveryClient client) {
            return new DiscoveryHealthIndicator(client::status);
        }
    }
}
