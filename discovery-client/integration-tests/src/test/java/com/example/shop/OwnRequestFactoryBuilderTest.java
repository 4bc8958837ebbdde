package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

class OwnRequestFactoryBuilderTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    static class Configuration {

        @Bean
        HttpComponentsClientHttpRequestFactoryBuilder ownBuilder() {
            return ClientHttpRequestFactoryBuilder.httpComponents()
                    .withHttpClientCustomizer(http -> http.setUserAgent("shop/1.0"));
        }

        /** Injects the builder by its own type. */
        @Bean
        RestClient injected(HttpComponentsClientHttpRequestFactoryBuilder ownBuilder) {
            HttpComponentsClientHttpRequestFactory factory = ownBuilder.build();
            return RestClient.builder().requestFactory(factory).build();
        }
    }

    @Test
    void anApplicationWithItsOwnHttpComponentsBuilderStartsAndCallsServicesByNameAndOtherHostsWithItsClient() {
        Backend stock = CLOUD_MAP.backend("stock-service");
        try (Backend other = Backend.start();
                RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver(), List.of(Configuration.class))) {
            assertThat(RunningShop.get(shop.stock())).isEqualTo(stock.name());
            assertThat(RunningShop.get(shop.client("http://" + other.name()))).isEqualTo(other.name());
            assertThat(shop.context()
                            .getBean(RestClient.class)
                            .get()
                            .uri("http://" + other.name() + "/")
                            .retrieve()
                            .body(String.class))
                    .isEqualTo(other.name());

            assertThat(other.received())
                    .hasSize(2)
                    .allSatisfy(
                            request -> assertThat(request.header("User-Agent")).isEqualTo("shop/1.0"));
        }
    }
}
