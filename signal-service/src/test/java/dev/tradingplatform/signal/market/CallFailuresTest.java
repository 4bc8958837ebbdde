package dev.tradingplatform.signal.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.FailedAttempt;
import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;

class CallFailuresTest {

    private static final String SERVICE = "stock-service.trading-platform.local";
    private static final Endpoint ENDPOINT = new Endpoint(InetAddress.getLoopbackAddress(), 80);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final FailedAttempt REFUSED =
            new FailedAttempt(ENDPOINT, "refused the connection", false, false, Duration.ofMillis(1));
    private static final FailedAttempt SLOW =
            new FailedAttempt(ENDPOINT, "did not respond", true, true, Duration.ofSeconds(3));
    private static final FailedAttempt BROKEN =
            new FailedAttempt(ENDPOINT, "failed (Connection reset)", true, false, Duration.ofMillis(1));

    static Stream<Arguments> callsWithoutAnAnswer() {
        return Stream.of(
                expect("refused until the deadline", late(REFUSED), MarketDataException.NoEndpoint.class),
                expect("slow until the deadline", late(SLOW), MarketDataException.DeadlineExceeded.class),
                expect("one refused, one slow", late(REFUSED, SLOW), MarketDataException.DeadlineExceeded.class),
                expect("no answer from DNS in time", late(), MarketDataException.DeadlineExceeded.class),
                expect("broken", failed(BROKEN, BROKEN), MarketDataException.NoEndpoint.class),
                expect("one broken, one slow", failed(BROKEN, SLOW), MarketDataException.DeadlineExceeded.class),
                expect(
                        "unknown to DNS",
                        new DiscoveryException.NoEndpoint(SERVICE, "NXDOMAIN"),
                        MarketDataException.NoEndpoint.class),
                expect(
                        "too many calls",
                        new DiscoveryException.Rejected(SERVICE, "1000 calls are in flight already"),
                        MarketDataException.NoEndpoint.class));
    }

    private static Arguments expect(
            String name, DiscoveryException failure, Class<? extends MarketDataException> expected) {
        return Arguments.of(Named.of(name, failure), expected);
    }

    private static DiscoveryException late(FailedAttempt... attempts) {
        return new DiscoveryException.DeadlineExceeded(SERVICE, List.of(attempts), DEADLINE, "");
    }

    private static DiscoveryException failed(FailedAttempt... attempts) {
        return new DiscoveryException.AttemptsFailed(SERVICE, List.of(attempts), "no retry is left", "");
    }

    @ParameterizedTest
    @MethodSource
    void callsWithoutAnAnswer(DiscoveryException failure, Class<? extends MarketDataException> expected) {
        MarketDataException meaning =
                CallFailures.meaning(new ResourceAccessException("I/O error on GET request", failure));

        assertThat(meaning).isInstanceOf(expected).hasMessage(failure.getMessage());
    }

    @Test
    void connectionFailuresOfAFixedAddress() {
        assertThat(CallFailures.meaning(new ResourceAccessException("", new IOException("reset"))))
                .isInstanceOf(MarketDataException.NoEndpoint.class);
        assertThat(CallFailures.meaning(new ResourceAccessException("", new SocketTimeoutException())))
                .isInstanceOf(MarketDataException.DeadlineExceeded.class);
        assertThat(CallFailures.meaning(new ResourceAccessException("", new HttpTimeoutException("late"))))
                .isInstanceOf(MarketDataException.DeadlineExceeded.class);
    }

    @Test
    void bodyThatBreaksOffIsNoUnreadableAnswer() {
        RestClientException reset = extracting(new IllegalStateException(new IOException("reset")));

        assertThat(CallFailures.brokeOff(reset)).isTrue();
        assertThat(CallFailures.meaning(reset))
                .isInstanceOf(MarketDataException.NoEndpoint.class)
                .hasMessage("stock-service broke off its answer");
        assertThat(CallFailures.meaning(extracting(new SocketTimeoutException())))
                .isInstanceOf(MarketDataException.DeadlineExceeded.class);
        assertThat(CallFailures.brokeOff(extracting(new IllegalStateException("no JSON"))))
                .isFalse();
        assertThat(CallFailures.meaning(extracting(new IllegalStateException("no JSON"))))
                .isInstanceOf(MarketDataException.UnreadableAnswer.class);
    }

    private static RestClientException extracting(Exception cause) {
        return new RestClientException("Error while extracting response", cause);
    }
}
