package dev.tradingplatform.discovery.autoconfigure;

import dev.tradingplatform.discovery.call.ServiceClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Makes a {@link ServiceClient} when {@code discovery.namespace} is set, and lets every HTTP client that Spring Boot
 * builds (RestClient, HTTP interfaces, RestTemplate) send through it whenever the host of a URL is a service name.
 */
@AutoConfiguration
@ConditionalOnProperty("discovery.namespace")
@EnableConfigurationProperties(DiscoveryProperties.class)
public final class DiscoveryAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    ServiceClient serviceClient(DiscoveryProperties properties) {
        return ServiceClient.of(properties.settings());
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
}
