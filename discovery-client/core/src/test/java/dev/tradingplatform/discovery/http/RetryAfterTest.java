package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.EndpointState;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final String DATE = "Sun, 22 Nov 2026 10:00:00 GMT";

    private static HttpResponse response(String retryAfter, String date) {
        HttpResponse response = new BasicHttpResponse(503);
        response.addHeader("Retry-After", retryAfter);
        if (!date.isEmpty()) {
            response.addHeader("Date", date);
        }
        return response;
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "' 7 ', 7",
        "30, 30",
        "31, 30",
        "99999999999999999999999, 30",
        "'Sun, 22 Nov 2026 10:00:07 GMT', 7",
        "'Sun, 22 Nov 2026 11:00:00 GMT', 30"
    })
    void readsSecondsAndDatesUpToItsMaximum(String retryAfter, long seconds) {
        assertThat(RetryAfter.of(response(retryAfter, DATE))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0", "-7", "soon", "7.5", "''", "'Sun, 22 Nov 2026 09:59:00 GMT'", "'Sun, 31 Nov 2026 10:00:00 GMT'"})
    void ignoresEverythingElse(String retryAfter) {
        assertThat(RetryAfter.of(response(retryAfter, DATE))).isEmpty();
    }

    @Test
    void ignoresADateIfTheServerDoesNotTellItsTime() {
        assertThat(RetryAfter.of(response(DATE, ""))).isEmpty();
        assertThat(RetryAfter.of(response(DATE, "now"))).isEmpty();
    }

    @Test
    void isEmptyWithoutTheHeader() {
        assertThat(RetryAfter.of(new BasicHttpResponse(503))).isEmpty();
    }

    @Test
    void callsOtherEndpointsForTheTimeThatAnEndpointAskedFor() throws IOException {
        try (Fleet fleet = Fleet.of(3)) {
            Backend busy = fleet.backend(0);
            busy.behave(BackendBehaviour.answering(503, "busy", "Retry-After: 20"));

            for (int call = 0; call < 200; call++) {
                assertThat(fleet.get()).isNotEqualTo("busy");
            }

            assertThat(busy.executed()).hasSize(1);
            assertThat(fleet.status(busy).state()).isEqualTo(EndpointState.SUSPECT);
            assertThat(fleet.status(busy).reason())
                    .isEqualTo("responds with 502, 503 or 504, and asked for a pause (Retry-After)");
        }
    }

    @Test
    void appliesToRetried429s() throws IOException {
        try (Fleet fleet = Fleet.of(3, settings -> settings.withRetriedStatuses(Set.of(429, 503)))) {
            Backend busy = fleet.backend(0);
            busy.behave(BackendBehaviour.answering(429, "too many", "Retry-After: 20"));

            for (int call = 0; call < 100; call++) {
                assertThat(fleet.get()).isNotEqualTo("too many");
            }

            assertThat(busy.executed()).hasSize(1);
        }
    }

    @Test
    void callsAnEndpointThatAskedForAPauseIfThereIsNoOther() throws IOException {
        try (Fleet fleet = Fleet.of(2)) {
            fleet.backends()
                    .forEach(backend -> backend.behave(BackendBehaviour.answering(503, "busy", "Retry-After: 20")));
            assertThat(fleet.get()).isEqualTo("busy");

            fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(200, backend.name())));

            assertThat(fleet.getsUnchecked(60)).doesNotContain("busy");
        }
    }
}
