package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.balancer.FailureKind;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.util.Objects;
import java.util.stream.Stream;

/** Decides what follows an attempt. */
final class RetryPolicy {

    /** What follows an attempt. */
    sealed interface NextStep {

        /** Another endpoint. */
        record FailOver() implements NextStep {}

        /** The same endpoint, on a new connection; this does not count as an attempt. */
        record Reconnect() implements NextStep {}

        /** A pause, and then all endpoints again: nothing was sent, and no other endpoint is left. */
        record PauseAndRetry() implements NextStep {}

        /**
         * The end of the call.
         *
         * @param reason why there is no further attempt, for the message
         */
        record GiveUp(String reason) implements NextStep {}
    }

    /**
     * What the decision depends on.
     *
     * @param repeatable whether the request may be executed twice (RFC 9110 §9.2.2, or it carries an idempotency key)
     *     and its body can be sent twice
     * @param everSent whether any attempt of the call may have reached an endpoint
     * @param attempts how many attempts have reached an endpoint
     * @param maxAttempts how many may
     * @param timeLeft whether the deadline has not passed
     * @param otherLeft whether there is an endpoint that the call has not tried
     */
    record Situation(
            boolean repeatable, boolean everSent, int attempts, int maxAttempts, boolean timeLeft, boolean otherLeft) {}

    private RetryPolicy() {}

    /** Returns whether the service may have received the request; not if another service has responded. */
    static boolean sent(AttemptResult result) {
        return switch (result) {
            case AttemptResult.Failed failed -> failed.sent();
            case AttemptResult.Refused refused -> refused.kind() != FailureKind.FOREIGN;
            case AttemptResult.Responded response -> true;
            case AttemptResult.NotStarted notStarted -> false;
            case AttemptResult.Cancelled cancelled -> false;
        };
    }

    // The client's trust store does not change while the call waits.
    private static boolean untrusted(Exception failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause ->
                        cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException);
    }

    /** Returns the step after an attempt that did not end in a response for the caller. */
    static NextStep next(AttemptResult result, Situation now, RetryBudget budget) {
        boolean sent = sent(result);
        if (sent && !now.repeatable()) {
            return new NextStep.GiveUp("the endpoint may have executed the request");
        }
        if (!now.timeLeft()) {
            return new NextStep.GiveUp("no time is left");
        }
        if (result instanceof AttemptResult.Failed failed && failed.kind() == FailureKind.STALE_CONNECTION) {
            return new NextStep.Reconnect();
        }
        if (!now.otherLeft()) {
            if (result instanceof AttemptResult.Failed failed && untrusted(failed.cause())) {
                return new NextStep.GiveUp("the client does not trust the certificate");
            }
            return now.everSent() || result instanceof AttemptResult.Refused
                    ? new NextStep.GiveUp("no other endpoint is left")
                    : new NextStep.PauseAndRetry();
        }
        if (!sent) {
            return new NextStep.FailOver();
        }
        return now.attempts() < now.maxAttempts() && budget.spend()
                ? new NextStep.FailOver()
                : new NextStep.GiveUp("no retry is left");
    }
}
