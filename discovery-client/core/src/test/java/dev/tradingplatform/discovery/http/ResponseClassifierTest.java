package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.balancer.FailureKind;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseClassifierTest {

    private static final String SERVICE = "stock-service.trading-platform.local";
    private static final Set<Integer> RETRIED = Set.of(502, 503, 504);

    private static HttpResponse response(int status, String sender) {
        HttpResponse response = new BasicHttpResponse(status);
        response.addHeader("Discovery-Service", sender);
        return response;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stock-service",
                "STOCK-service",
                "stock-service.trading-platform",
                "stock-service.trading-platform.local",
                "Stock-Service.Trading-Platform.LOCAL."
            })
    void acceptsTheNameOfTheServiceInAnyCaseWithNamespaceOrWithout(String sender) {
        assertThat(ResponseClassifier.matches(sender, SERVICE, Set.of())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stock",
                "stock-servic",
                "stock-services",
                "x.stock-service",
                "stock-service.trading-platform.local.evil",
                "stock-service..",
                "trading-platform.local",
                "other",
                ".",
                ""
            })
    void refusesOtherNames(String sender) {
        assertThat(ResponseClassifier.matches(sender, SERVICE, Set.of())).isFalse();
    }

    @Test
    void acceptsTheNamesThatTheServiceNameIsAnAliasOf() {
        Set<String> aliases = Set.of("quotes.trading-platform.local", "blue.quotes.trading-platform.local");

        assertThat(ResponseClassifier.matches("quotes", SERVICE, aliases)).isTrue();
        assertThat(ResponseClassifier.matches("BLUE.quotes", SERVICE, aliases)).isTrue();
        assertThat(ResponseClassifier.matches("stock-service", SERVICE, aliases))
                .isTrue();
        assertThat(ResponseClassifier.matches("green", SERVICE, aliases)).isFalse();
    }

    @Test
    void readsTheSenderAndDescribesTheResponse() {
        assertThat(ResponseClassifier.sender(response(200, "  stock-service "))).contains("stock-service");
        assertThat(ResponseClassifier.sender(new BasicHttpResponse(200))).isEmpty();
        assertThat(ResponseClassifier.description(200, Optional.of("other"))).isEqualTo("answered 200 as other");
        assertThat(ResponseClassifier.description(503, Optional.empty())).isEqualTo("answered 503");
    }

    @ParameterizedTest
    @CsvSource({
        "500, SERVER_ERROR",
        "501, SERVER_ERROR",
        "502, GATEWAY_STATUS",
        "503, GATEWAY_STATUS",
        "504, GATEWAY_STATUS",
        "505, SERVER_ERROR",
        "599, SERVER_ERROR"
    })
    void countsServerErrorsAgainstTheEndpoint(int status, FailureKind kind) {
        assertThat(ResponseClassifier.failure(status, RETRIED)).contains(kind);
        assertThat(ResponseClassifier.failure(status, Set.of()))
                .as("whether it is retried or not")
                .contains(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 301, 304, 400, 401, 404, 408, 413, 429, 499})
    void countsNoOtherStatusAgainstTheEndpoint(int status) {
        assertThat(ResponseClassifier.failure(status, RETRIED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429})
    void countsARetriedClientErrorAsAGatewayStatus(int status) {
        assertThat(ResponseClassifier.failure(status, Set.of(status))).contains(FailureKind.GATEWAY_STATUS);
    }
}
