package dev.tradingplatform.discovery;

import java.time.Duration;

/**
 * Receives events of calls, attempts, lookups and endpoints, for metrics and logs. The methods are called on the thread
 * that causes the event: an implementation must be fast and safe for concurrent use. An exception it throws is logged
 * and has no other effect.
 */
public interface DiscoveryListener {

    /** Ignores all events. */
    DiscoveryListener NONE = new DiscoveryListener() {};

    /**
     * A call completed: its response headers arrived, or it failed.
     *
     * @param service absolute DNS name
     * @param outcome {@code success} for a status below 500, {@code error} for any other, {@code no-endpoint},
     *     {@code deadline-exceeded}, {@code attempts-failed} or {@code rejected} without a response
     * @param duration of the whole call, all attempts and pauses included
     */
    default void onCall(String service, String outcome, Duration duration) {}

    /**
     * An attempt completed.
     *
     * @param outcome {@code success}, or the failure kind: {@code unreachable}, {@code broken},
     *     {@code stale-connection}, {@code timed-out}, {@code gateway-status}, {@code server-error}, {@code foreign};
     *     {@code cancelled} if the other attempt of a hedged call was faster or the caller gave up
     * @param hedged whether it was started while an earlier attempt of the call was still in flight
     */
    default void onAttempt(String service, Endpoint endpoint, String outcome, boolean hedged) {}

    /**
     * An endpoint was found or changed its state. Reported within 200 ms, by a thread of the client.
     *
     * @param reason why it is in this state, one phrase
     */
    default void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {}

    /**
     * A lookup completed.
     *
     * @param outcome {@code found}, {@code absent} or {@code unavailable}
     * @param warning what went wrong or deserves attention, one sentence; empty if nothing does
     */
    default void onLookup(String service, String outcome, String warning) {}
}
