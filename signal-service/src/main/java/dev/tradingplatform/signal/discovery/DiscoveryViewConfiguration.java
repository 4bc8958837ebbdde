package dev.tradingplatform.signal.discovery;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DiscoveryViewConfiguration {

    @Bean
    ServiceStatuses serviceStatuses() {
        return List::of;
    }
}
