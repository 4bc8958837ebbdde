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
            case Exchanged.NoConnectionFree _ -> false;
        };
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
            case Exchanged.NoConnectionFree _ -> "had no connection free";
        };
        return new Attempt(endpoint, outcome, took);
    }
}
