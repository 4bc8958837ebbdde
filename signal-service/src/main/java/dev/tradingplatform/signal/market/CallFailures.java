package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.FailedAttempt;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** Tells from the way a call failed whether no replica answered, none in time, or one with an unreadable answer. */
final class CallFailures {

    private CallFailures() {}

    static MarketDataException meaning(RestClientException failure) {
        if (failure instanceof RestClientResponseException answer) {
            return answered(answer);
        }
        return connectionFailure(failure)
                .map(broken -> unanswered(broken, failure))
                .orElseGet(() -> new MarketDataException.UnreadableAnswer(
                        "stock-service sent an answer that cannot be read", failure));
    }

    /**
     * Returns whether the connection broke after the response headers had arrived, so that no library repeats the call.
     */
    static boolean brokeOff(RestClientException failure) {
        return !(failure instanceof ResourceAccessException)
                && connectionFailure(failure).isPresent();
    }

    private static Optional<IOException> connectionFailure(RestClientException failure) {
        Throwable cause = failure.getCause();
        while (cause != null && !(cause instanceof IOException)) {
            cause = cause.getCause();
        }
        return Optional.ofNullable((IOException) cause);
    }

    private static MarketDataException unanswered(IOException broken, RestClientException failure) {
        return switch (broken) {
            case DiscoveryException call -> unanswered(call);
            case SocketTimeoutException late -> tooLate(failure);
            case HttpTimeoutException late -> tooLate(failure);
            default ->
                new MarketDataException.NoEndpoint(
                        brokeOff(failure) ? "stock-service broke off its answer" : "no stock-service replica answers",
                        failure);
        };
    }

    private static MarketDataException tooLate(RestClientException failure) {
        return new MarketDataException.DeadlineExceeded("stock-service did not answer in time", failure);
    }

    private static MarketDataException unanswered(DiscoveryException call) {
        String said = Objects.requireNonNullElse(call.getMessage(), "no answer");
        return switch (call) {
            // A call waits until its deadline while no replica accepts a connection: that is not a slow replica
            case DiscoveryException.DeadlineExceeded unreachable
            when !call.attempts().isEmpty() && !call.sent() -> new MarketDataException.NoEndpoint(said, unreachable);
            case DiscoveryException.DeadlineExceeded late -> new MarketDataException.DeadlineExceeded(said, late);
            case DiscoveryException.AttemptsFailed silent
            when call.attempts().stream().anyMatch(FailedAttempt::timedOut) ->
                new MarketDataException.DeadlineExceeded(said, silent);
            case DiscoveryException.AttemptsFailed all -> new MarketDataException.NoEndpoint(said, all);
            case DiscoveryException.NoEndpoint none -> new MarketDataException.NoEndpoint(said, none);
            case DiscoveryException.Rejected rejected -> new MarketDataException.NoEndpoint(said, rejected);
        };
    }

    private static MarketDataException answered(RestClientResponseException answer) {
        String said = "stock-service answered " + answer.getStatusCode().value();
        return switch (HttpStatus.resolve(answer.getStatusCode().value())) {
            case SERVICE_UNAVAILABLE, TOO_MANY_REQUESTS -> new MarketDataException.NoEndpoint(said, answer);
            case GATEWAY_TIMEOUT -> new MarketDataException.DeadlineExceeded(said, answer);
            case null, default -> new MarketDataException.UnreadableAnswer(said, answer);
        };
    }
}
