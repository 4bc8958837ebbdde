package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.time.Duration;

/**
 * One try on one endpoint, as an exception tells of it.
 *
 * @param endpoint who was tried
 * @param outcome what came of it, in plain words
 * @param timedOut whether the endpoint took the request and its time was over before the answer was whole; it may have
 *     executed the request, or still be at it
 * @param took how long it took
 */
public record Attempt(Endpoint endpoint, String outcome, boolean timedOut, Duration took) {

    /** An outcome. */
    static final String REFUSED = "refused the connection";

    /** An outcome. */
    static final String NOT_ACCEPTED = "did not accept a connection in time";

    /** {@code 10.0.1.101:80 refused the connection after 2 ms}. */
    @Override
    public String toString() {
        return endpoint + " " + outcome + " after " + took.toMillis() + " ms";
    }
}
