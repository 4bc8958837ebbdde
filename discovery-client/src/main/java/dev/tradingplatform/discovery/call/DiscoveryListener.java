package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import java.time.Duration;

/**
 * Hears what happens to calls, attempts and lookups, for metrics and events. Called on the thread to which it happens,
 * so it must be quick, must not throw, and must be safe for concurrent use.
 */
public interface DiscoveryListener {

    /** Hears nothing. */
    DiscoveryListener NONE = new DiscoveryListener() {};

    /**
     * A call ended.
     *
     * @param outcome {@code success} for every answer below 500, {@code error} for others, {@code no-endpoint},
     *     {@code deadline-exceeded} or {@code attempts-exhausted} for none
     * @param took all attempts and waiting included
     */
    default void called(ServiceName service, String outcome, Duration took) {}

    /**
     * An attempt ended.
     *
     * @param outcome {@code success}, {@code no-connection-free} if there was no time to make one, or what it says
     *     against the endpoint, such as {@code unreachable}
     */
    default void attempted(ServiceName service, Endpoint endpoint, String outcome) {}

    /**
     * An endpoint was found, or changed its state. Told within a fifth of a second, by the client's own thread.
     *
     * @param reason why it is in that state, in plain words
     */
    default void changed(ServiceName service, Endpoint endpoint, EndpointState state, String reason) {}

    /**
     * A lookup ended.
     *
     * @param outcome {@code found}, {@code absent} or {@code unavailable}
     * @param problem what went wrong or is worth saying, in plain words; empty for nothing
     */
    default void lookedUp(ServiceName service, String outcome, String problem) {}
}
