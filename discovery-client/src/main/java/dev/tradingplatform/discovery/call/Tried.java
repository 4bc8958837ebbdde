package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Fault;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.time.Duration;
import java.util.Optional;

/**
 * An attempt that has ended and been judged.
 *
 * @param endpoint who was tried
 * @param exchanged what came of it
 * @param fault what that says against the endpoint; empty for nothing
 * @param took from pick to end
 */
record Tried(Endpoint endpoint, Exchanged exchanged, Optional<Fault> fault, Duration took) {

    /** Whether there is an answer that nobody could better. */
    boolean settled() {
        return exchanged instanceof Exchanged.Answered
                && fault.map(found -> !Judge.anotherMayHelp(found)).orElse(true);
    }

    /** Whether the request may have reached the service that was meant. */
    boolean reached() {
        return switch (exchanged) {
            case Exchanged.Answered _ -> fault.map(Fault::reached).orElse(true);
            case Exchanged.Failed failed -> failed.sent();
            case Exchanged.NoConnection _ -> false;
        };
    }

    /** In a word or two with hyphens, for metrics. */
    String label() {
        return fault.map(Fault::label)
                .orElse(exchanged instanceof Exchanged.Answered ? "success" : "no-connection-free");
    }

    /** How long the endpoint asked not to be called with a 503. */
    Optional<Duration> retryAfter() {
        return exchanged instanceof Exchanged.Answered(ServiceResponse answer)
                        && fault.equals(Optional.of(Fault.GATEWAY_STATUS))
                ? RetryAfter.of(answer)
                : Optional.empty();
    }

    /** Lets go of an answer nobody reads. */
    void discard() {
        if (exchanged instanceof Exchanged.Answered(ServiceResponse answer)) {
            answer.close();
        }
    }

    Attempt told() {
        String outcome = switch (exchanged) {
            case Exchanged.Answered(ServiceResponse answer) -> Judge.words(answer);
            case Exchanged.Failed failed -> failed.why();
            case Exchanged.NoConnection _ -> "had no connection free in time";
        };
        return new Attempt(endpoint, outcome, fault.equals(Optional.of(Fault.TIMED_OUT)), took);
    }
}
