package dev.tradingplatform.discovery.endpoint;

import java.time.Duration;
import java.time.Instant;

/**
 * What is known of one endpoint at one moment. Immutable.
 *
 * @param endpoint its address and port
 * @param state whether it takes calls
 * @param reason why it is in this state, in plain words
 * @param firstSeen when DNS named it first
 * @param lastSeen when DNS named it last
 * @param inFlight attempts under way
 * @param attempts attempts ever made, failed ones included
 * @param failures attempts that failed
 * @param p50 median duration of the latest successful attempts; zero when there was none
 * @param p95 95th percentile of the same
 */
public record EndpointStatus(
        Endpoint endpoint,
        EndpointState state,
        String reason,
        Instant firstSeen,
        Instant lastSeen,
        int inFlight,
        long attempts,
        long failures,
        Duration p50,
        Duration p95) {}
