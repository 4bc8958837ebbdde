package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.http.ServiceCallException;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** A calls B and says how long it waits; B calls the stock-service on, for as long as A waits and no longer. */
class TimeLeftTest {

    private static final int USUAL_MILLIS = 6_000;

    private DiscoveringApplication b;

    @RestController
    static class Onward {

        private final RestClient stock;

        Onward(RestClient.Builder builder) {
            stock = builder.baseUrl("http://stock-service").build();
        }

        @GetMapping("/onward")
        ResponseEntity<String> onward() {
            try {
                return ResponseEntity.ok(stock.get().uri("/").retrieve().body(String.class));
            } catch (ServiceCallException.DeadlineExceeded late) {
                return ResponseEntity.status(HttpStatus.GATEWAY_TIMEOUT).body(late.getMessage());
            }
        }
    }

    @BeforeEach
    void start() throws Exception {
        // One thread, so that a limit that was left behind would show.
        b = DiscoveringApplication.start(
                Onward.class, "--discovery.deadline=" + USUAL_MILLIS / 3 * 10 + "ms", "--server.tomcat.threads.max=1");
        b.get("/onward");
    }

    @AfterEach
    void stop() {
        b.close();
    }

    private int timeLeftForStock() {
        return Integer.parseInt(b.stock().executed().getLast().header("discovery-time-left"));
    }

    @Test
    void aCallOnEndsWhenTheCallerOfTheRequestGivesUp() throws Exception {
        b.stock().behave(BackendBehaviour.drippingHeaders(Duration.ofSeconds(30)));

        long begun = System.nanoTime();
        HttpResponse<String> response = b.get("/onward", "Discovery-Time-Left", "500");
        Duration took = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(response.statusCode()).isEqualTo(504);
        assertThat(response.body()).containsPattern("did not answer within \\d{1,3} ms");
        assertThat(took).isLessThan(Duration.ofMillis(USUAL_MILLIS));
        assertThat(timeLeftForStock()).isBetween(1, 500);
    }

    @Test
    void theNextRequestOnTheSameThreadHasItsOwnTime() throws Exception {
        b.get("/onward", "Discovery-Time-Left", "500");
        assertThat(timeLeftForStock()).isBetween(1, 500);

        b.get("/onward");
        assertThat(timeLeftForStock()).isGreaterThan(USUAL_MILLIS / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1.5", "99999999999", "60000"})
    void whatIsNoTimeOrLongerThanTheOwnDeadlineLimitsNothing(String value) throws IOException, InterruptedException {
        assertThat(b.get("/onward", "Discovery-Time-Left", value).statusCode()).isEqualTo(200);

        assertThat(timeLeftForStock()).isBetween(USUAL_MILLIS / 2, USUAL_MILLIS);
    }

    @Test
    void sendsNothingForACallerThatDoesNotWaitAnyMore() throws Exception {
        int before = b.stock().executed().size();

        assertThat(b.get("/onward", "Discovery-Time-Left", "0").statusCode()).isEqualTo(504);
        assertThat(b.stock().executed()).hasSize(before);
    }
}
