package dev.tradingplatform.discovery.test.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig
class SpringTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    @DynamicPropertySource
    static void nameserver(DynamicPropertyRegistry registry) {
        registry.add("dns.host", () -> CLOUD_MAP.dns().address().getHostString());
        registry.add("dns.port", () -> CLOUD_MAP.dns().address().getPort());
    }

    @Configuration
    static class Application {

        @Bean
        PriceService prices(@Value("${dns.host}") String host, @Value("${dns.port}") int port) {
            return new PriceService(new InetSocketAddress(host, port));
        }
    }

    @BeforeEach
    void startStockService() {
        CLOUD_MAP.backend("stock-service").behave(BackendBehaviour.answering(200, "101.25"));
    }

    @Test
    void readsThePrice(@Autowired PriceService prices) throws Exception {
        assertThat(prices.price("TICKER_1")).isEqualTo("101.25");
    }
}
