package dev.tradingplatform.discovery;

import java.time.Duration;
import java.time.Instant;

/**
 * A snapshot of one endpoint. Immutable.
 *
 * @param endpoint address and port
 * @param state whether it accepts calls
 * @param reason why it is in this state, one phrase
 * @param firstSeen when DNS listed it for the first time
 * @param lastSeen when DNS listed it for the last time
 * @param inFlight attempts that have not completed
 * @param attempts attempts since {@code firstSeen}, failed ones included
 * @param failures failed attempts since {@code firstSeen}
 * @param p50 median duration of the latest 256 successful attempts; zero if there was none
 * @param p95 95th percentile of the same durations
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
