package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.EndpointStatus;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import java.io.InputStream;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryAfterTest {

    private static final String DATE = "Sun, 22 Nov 2026 10:00:00 GMT";

    private static ServiceResponse answer(int status, String retryAfter, String date) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.put("retry-after", List.of(retryAfter));
        if (!date.isEmpty()) {
            headers.put("date", List.of(date));
        }
        Endpoint endpoint = new Endpoint(InetAddress.getLoopbackAddress(), 80);
        return new ServiceResponse(status, headers, endpoint, InputStream.nullInputStream());
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
    void readsSecondsAndDatesUpToItsLimit(String retryAfter, long seconds) {
        assertThat(RetryAfter.of(answer(503, retryAfter, DATE))).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"0", "-7", "soon", "7.5", "''", "'Sun, 22 Nov 2026 09:59:00 GMT'", "'Sun, 31 Nov 2026 10:00:00 GMT'"})
    void takesAnythingElseForNothingSaid(String retryAfter) {
        assertThat(RetryAfter.of(answer(503, retryAfter, DATE))).isEmpty();
    }

    @Test
    void needsTheEndpointsOwnClockToReadADate() {
        assertThat(RetryAfter.of(answer(503, DATE, ""))).isEmpty();
        assertThat(RetryAfter.of(answer(503, DATE, "now"))).isEmpty();
    }

    @Test
    void isForAnswersOf503Alone() {
        assertThat(RetryAfter.of(answer(502, "7", DATE))).isEmpty();
        assertThat(RetryAfter.of(answer(200, "7", DATE))).isEmpty();
    }

    @Test
    void leavesAnEndpointAloneThatAsksForTimeWhileThereAreOthers() {
        try (Fleet fleet = Fleet.of(3)) {
            Backend busy = fleet.backend(0);
            busy.behave(BackendBehaviour.answering(503, "busy", "Retry-After: 20"));

            for (int call = 0; call < 200; call++) {
                assertThat(fleet.get()).isNotEqualTo("busy");
            }

            assertThat(busy.executed()).hasSize(1);
            assertThat(status(fleet, busy).state()).isEqualTo(EndpointState.SUSPECT);
            assertThat(status(fleet, busy).reason())
                    .isEqualTo("answers 502, 503 or 504, and asked not to be called for a while (Retry-After)");
        }
    }

    @Test
    void callsItAllTheSameWhenNobodyElseIsLeft() {
        try (Fleet fleet = Fleet.of(2)) {
            fleet.backends()
                    .forEach(backend -> backend.behave(BackendBehaviour.answering(503, "busy", "Retry-After: 20")));
            assertThat(fleet.get()).isEqualTo("busy");

            fleet.backends().forEach(backend -> backend.behave(BackendBehaviour.answering(200, backend.name())));

            assertThat(Stream.generate(fleet::get).limit(60)).doesNotContain("busy");
        }
    }

    private static EndpointStatus status(Fleet fleet, Backend backend) {
        return fleet.client().status().getFirst().endpoints().stream()
                .filter(status -> status.endpoint().toString().equals(backend.name()))
                .findFirst()
                .orElseThrow();
    }
}
