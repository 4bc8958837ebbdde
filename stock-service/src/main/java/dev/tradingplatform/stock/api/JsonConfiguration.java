package dev.tradingplatform.stock.api;

import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.core.StreamWriteFeature;

/** How Spring MVC writes JSON. */
@Configuration(proxyBeanMethods = false)
class JsonConfiguration {

    /** Writes 0.00000001, and not 1E-8. */
    @Bean
    JsonMapperBuilderCustomizer plainNumbers() {
        return builder -> builder.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN);
    }
}
