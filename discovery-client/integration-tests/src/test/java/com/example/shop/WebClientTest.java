package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.reactive.function.client.WebClient;

@ExtendWith(OutputCaptureExtension.class)
class WebClientTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    @Test
    void aMessageAtTheStartSaysThatWebClientIsNotServed(CapturedOutput output) {
        Backend stock = CLOUD_MAP.backend("stock-service");
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            assertThat(output).contains("discovery-client does not support WebClient");

            WebClient.Builder builder = shop.context().getBean(WebClient.Builder.class);
            assertThatThrownBy(() -> get(builder, "http://stock-service"))
                    .hasMessageContaining("does not support WebClient")
                    .hasMessageContaining("stock-service");
            assertThat(stock.received()).isEmpty();
        }
    }

    @Test
    void otherHostsAreCalledByWebClientAsWithoutTheLibrary() {
        try (Backend other = Backend.start();
                RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            WebClient.Builder builder = shop.context().getBean(WebClient.Builder.class);

            assertThat(get(builder, "http://" + other.name())).isEqualTo(other.name());
        }
    }

    private static String get(WebClient.Builder builder, String baseUrl) {
        return String.valueOf(builder.clone()
                .baseUrl(baseUrl)
                .build()
                .get()
                .uri("/quotes")
                .retrieve()
                .bodyToMono(String.class)
                .block());
    }
}
