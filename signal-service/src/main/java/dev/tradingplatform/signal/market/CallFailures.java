package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.call.Attempt;
import dev.tradingplatform.discovery.call.ServiceCallException;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClientResponseException;

/** Tells from the way a call failed whether nobody answered, nobody in time, or somebody with nonsense. */
final class CallFailures {

    private CallFailures() {}

    static MarketDataException meaning(RuntimeException failure) {
        return switch (failure) {
            case ServiceCallException call -> unanswered(call);
            case RestClientResponseException answer -> answered(answer);
            case ResourceAccessException silence
            when timedOut(silence) ->
                new MarketDataException.DeadlineExceeded("stock-service did not answer in time", silence);
            case ResourceAccessException silence ->
                new MarketDataException.NoEndpoint("no stock-service replica answers", silence);
            default ->
                new MarketDataException.UnreadableAnswer("stock-service sent an answer that cannot be read", failure);
        };
    }

    private static MarketDataException unanswered(ServiceCallException call) {
        String said = Objects.requireNonNullElse(call.getMessage(), "no answer");
        return switch (call) {
            case ServiceCallException.DeadlineExceeded late -> new MarketDataException.DeadlineExceeded(said, late);
            case ServiceCallException.NoEndpoint none -> new MarketDataException.NoEndpoint(said, none);
            case ServiceCallException.AttemptsExhausted silent
            when silent.attempts().stream().anyMatch(Attempt::timedOut) ->
                new MarketDataException.DeadlineExceeded(said, silent);
            case ServiceCallException.AttemptsExhausted all -> new MarketDataException.NoEndpoint(said, all);
            case ServiceCallException.Rejected none -> new MarketDataException.NoEndpoint(said, none);
        };
    }

    private static boolean timedOut(ResourceAccessException silence) {
        return silence.getCause() instanceof SocketTimeoutException
                || silence.getCause() instanceof HttpTimeoutException;
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
