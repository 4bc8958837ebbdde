package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

/** A calls B and says how long it waits; B calls stock-service for as long as A waits and no longer. */
class DeadlineFilterTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    private static final int DEADLINE_MILLIS = 20_000;

    private Backend stock;
    private TestApplication b;

    /** Calls stock-service, and answers 504 if that takes too long. */
    @RestController
    static class Onward {

        private final RestClient stock;

        Onward(RestClient.Builder builder) {
            stock = builder.baseUrl("http://stock-service").build();
        }

        @GetMapping("/onward")
        ResponseEntity<String> onward() {
            try {
                return ResponseEntity.ok(stock.get().retrieve().body(String.class));
            } catch (ResourceAccessException failure) {
                HttpStatus status = failure.getCause() instanceof DiscoveryException.DeadlineExceeded
                        ? HttpStatus.GATEWAY_TIMEOUT
                        : HttpStatus.BAD_GATEWAY;
                return ResponseEntity.status(status).body(failure.getMessage());
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        stock = CLOUD_MAP.backend("stock-service");
        // One thread, so that a deadline that was left behind would show.
        b = TestApplication.start(
                CLOUD_MAP, Onward.class, "discovery.deadline=" + DEADLINE_MILLIS + "ms", "server.tomcat.threads.max=1");
        b.get("/onward");
    }

    @AfterEach
    void stop() {
        b.close();
    }

    private int timeoutForStock() {
        return Integer.parseInt(stock.executed().getLast().header("Discovery-Timeout-Ms"));
    }

    @Test
    void aCallEndsWhenTheClientOfTheRequestStopsWaiting() throws Exception {
        stock.behave(BackendBehaviour.drippingHeaders(Duration.ofSeconds(30)));

        long begun = System.nanoTime();
        HttpResponse<String> response = b.get("/onward", "Discovery-Timeout-Ms", "500");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).containsPattern("did not respond within \\d{1,3} ms");
        assertThat(took).isLessThan(Duration.ofMillis(DEADLINE_MILLIS / 3));
        assertThat(timeoutForStock()).isBetween(1, 500);
    }

    @Test
    void theNextRequestOnTheSameThreadHasItsOwnTime() throws Exception {
        b.get("/onward", "Discovery-Timeout-Ms", "500");
        assertThat(timeoutForStock()).isBetween(1, 500);

        b.get("/onward");
        assertThat(timeoutForStock()).isGreaterThan(DEADLINE_MILLIS / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999", "60000"})
    void aHeaderThatIsNoTimeOrLongerThanTheOwnDeadlineLimitsNothing(String value)
            throws IOException, InterruptedException {
        assertThat(b.get("/onward", "Discovery-Timeout-Ms", value).statusCode()).isEqualTo(200);

        assertThat(timeoutForStock()).isBetween(DEADLINE_MILLIS / 2, DEADLINE_MILLIS);
    }

    @Test
    void nothingIsSentForAClientThatDoesNotWaitAnyMore() throws Exception {
        int before = stock.executed().size();

        assertThat(b.get("/onward", "Discovery-Timeout-Ms", "0").statusCode()).isEqualTo(504);
        assertThat(stock.executed()).hasSize(before);
    }
}
