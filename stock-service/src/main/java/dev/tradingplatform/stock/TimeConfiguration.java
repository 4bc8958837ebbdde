package dev.tradingplatform.stock;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Where the time comes from. */
@Configuration(proxyBeanMethods = false)
class TimeConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** Nanoseconds that only ever go forward, for durations. */
    @Bean
    LongSupplier nanoTime() {
        return System::nanoTime;
    }
}
