package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.balancer.FailureKind;
import java.util.Optional;
import org.apache.hc.core5.http.ClassicHttpResponse;

/** What came out of one attempt. */
sealed interface AttemptResult {

    /**
     * A response for the caller.
     *
     * @param response its body may still be read from the connection
     */
    record Responded(ClassicHttpResponse response) implements AttemptResult {}

    /**
     * A response after which another endpoint may do better: one of the retried statuses, or of another service.
     *
     * @param response whole in memory, for the caller if no endpoint does better; empty if it is of another service, or
     *     too long to be kept
     * @param kind what it says against the endpoint
     * @param description for messages, such as {@code answered 503}
     */
    record Refused(Optional<ClassicHttpResponse> response, FailureKind kind, String description)
            implements AttemptResult {}

    /**
     * No response.
     *
     * @param kind what that says against the endpoint
     * @param sent whether the endpoint may have received a byte of the request
     * @param description for messages, such as {@code refused the connection}
     * @param cause the exception of HttpClient
     */
    record Failed(FailureKind kind, boolean sent, String description, Exception cause) implements AttemptResult {}

    /**
     * Nothing was sent, for a reason that says nothing against the endpoint: no connection was free in time, too little
     * time was left to connect, or the endpoint was removed at that moment.
     *
     * @param description for messages
     */
    record NotStarted(String description) implements AttemptResult {}

    /** The other attempt of a hedged pair responded first, or the caller gave up. */
    record Cancelled() implements AttemptResult {}
}
