package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

/** Requests to hosts that are not services, in an application that has the library. */
@ExtendWith(OutputCaptureExtension.class)
class OtherHostsTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    @Test
    void aPostIsSentOnceAndACookieDoesNotComeBack(CapturedOutput output) {
        try (Backend other = Backend.start();
                RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            other.behave(BackendBehaviour.answering(503, "busy", "Retry-After: 0", "Set-Cookie: session=1; Path=/"));
            RestClient client = shop.client("http://" + other.name());

            for (int post = 0; post < 2; post++) {
                assertThatThrownBy(() -> RunningShop.post(client, "order"))
                        .isInstanceOf(HttpServerErrorException.ServiceUnavailable.class);
            }

            assertThat(other.received()).hasSize(2).allSatisfy(request -> {
                assertThat(request.header("Cookie")).isEmpty();
                assertThat(request.header("User-Agent")).startsWith("Java-http-client");
            });
            assertThat(output).containsOnlyOnce("spring.http.clients.imperative.factory=jdk");
        }
    }

    @Test
    void thePropertyDecidesWhichClientCallsThem() {
        try (Backend other = Backend.start();
                RunningShop shop = RunningShop.start(
                        CLOUD_MAP.nameserver(), "spring.http.clients.imperative.factory=http-components")) {
            RunningShop.get(shop.client("http://" + other.name()));

            assertThat(other.received().getFirst().header("User-Agent")).startsWith("Apache-HttpClient");
        }
    }
}
