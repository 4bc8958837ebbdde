package dev.tradingplatform.signal.discovery;

import dev.tradingplatform.discovery.DiscoveryClient;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StreamSettings.class)
class DiscoveryViewConfiguration {

    @Bean
    ServiceStatuses serviceStatuses(ObjectProvider<DiscoveryClient> clients) {
        // None when discovery is switched off: then there is nothing to show, and that is not an error
        return () ->
                clients.stream().flatMap(client -> client.status().stream()).toList();
    }
}
