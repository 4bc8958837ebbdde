package dev.tradingplatform.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call to a service name that ended without a response. The message names the service and lists every attempt. Its
 * cause is the exception of the last attempt, if there was one. Spring's clients wrap it in a
 * {@code ResourceAccessException}.
 */
public abstract sealed class DiscoveryException extends IOException {

    private static final long serialVersionUID = 1;

    private final String service;
    private final boolean sent;
    private final transient @Nullable List<FailedAttempt> attempts;

    private DiscoveryException(String service, List<FailedAttempt> attempts, String message) {
        super(message);
        this.service = service;
        this.sent = attempts.stream().anyMatch(FailedAttempt::sent);
        this.attempts = List.copyOf(attempts);
    }

    /** Returns the name of the service: an absolute DNS name in lower case, without the final dot. */
    public String service() {
        return service;
    }

    /** Returns the attempts in order; empty if the call failed before the first one, and after deserialization. */
    public List<FailedAttempt> attempts() {
        return attempts == null ? List.of() : attempts;
    }

    /** Returns whether an endpoint may have received the request, and so may have executed it. */
    public boolean sent() {
        return sent;
    }

    private static String list(List<FailedAttempt> attempts) {
        return attempts.stream().map(FailedAttempt::toString).collect(Collectors.joining("; "));
    }

    /** DNS lists no endpoint, or did not answer and no earlier resolution is usable. Nothing was sent. */
    public static final class NoEndpoint extends DiscoveryException {
        private static final long serialVersionUID = 1;

        /** @param explanation what was asked, which answer came, and what it probably means */
        public NoEndpoint(String service, String explanation) {
            super(service, List.of(), service + " has no endpoint: " + explanation);
        }
    }

    /** The deadline of the call passed. If an attempt was in flight, its endpoint may have executed the request. */
    public static final class DeadlineExceeded extends DiscoveryException {
        private static final long serialVersionUID = 1;

        /**
         * @param deadline the time the call had
         * @param hint what is probably wrong, beginning with {@code "; "}; empty if unknown
         */
        public DeadlineExceeded(String service, List<FailedAttempt> attempts, Duration deadline, String hint) {
            super(
                    service,
                    attempts,
                    service + " did not respond within " + deadline.toMillis() + " ms"
                            + (attempts.isEmpty() ? "" : ": " + list(attempts)) + hint);
        }
    }

    /** The client did not call: too many calls are in flight, or the client is closed. Nothing was sent. */
    public static final class Rejected extends DiscoveryException {
        private static final long serialVersionUID = 1;

        /** @param reason why, such as {@code 1000 calls are in flight already} */
        public Rejected(String service, String reason) {
            super(service, List.of(), service + " was not called: " + reason);
        }
    }

    /** All attempts that were allowed failed. {@link #sent()} tells whether the request may have been executed. */
    public static final class AttemptsFailed extends DiscoveryException {
        private static final long serialVersionUID = 1;

        /**
         * @param reason why there was no further attempt, such as {@code no other endpoint is left}
         * @param hint what is probably wrong, beginning with {@code "; "}; empty if unknown
         */
        public AttemptsFailed(String service, List<FailedAttempt> attempts, String reason, String hint) {
            super(
                    service,
                    attempts,
                    service + " did not respond: " + list(attempts) + "; no further attempt, because " + reason + hint);
        }
    }
}
