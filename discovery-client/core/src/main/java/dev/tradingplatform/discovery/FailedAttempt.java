package dev.tradingplatform.discovery;

import java.time.Duration;

/**
 * One attempt of a failed call, as a {@link DiscoveryException} lists it. Immutable.
 *
 * @param endpoint where the attempt went
 * @param description what happened, such as {@code refused the connection}
 * @param sent whether the endpoint may have received the request; if so, it may have executed it
 * @param timedOut whether the attempt ended because its time was over
 * @param duration how long the attempt took
 */
public record FailedAttempt(Endpoint endpoint, String description, boolean sent, boolean timedOut, Duration duration) {

    /** Returns {@code 10.0.1.101:80 refused the connection after 2 ms}. */
    @Override
    public String toString() {
        return endpoint + " " + description + " after " + duration.toMillis() + " ms";
    }
}
