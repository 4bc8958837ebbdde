package dev.tradingplatform.stock;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the time comes from. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
