package dev.tradingplatform.local.replica;

import java.time.Duration;

/** What happened to a replica. Immutable. */
public sealed interface ReplicaEvent {

    /** Which one. */
    ReplicaSpec replica();

    /**
     * It answers and is in DNS.
     *
     * @param after how long its process took to get there
     * @param again whether it was there before, in another process
     */
    record Ready(ReplicaSpec replica, long pid, String instanceId, Duration after, boolean again)
            implements ReplicaEvent {}

    /** Its process lives but fails health checks; it is out of DNS unless all are. */
    record Unhealthy(ReplicaSpec replica, long pid) implements ReplicaEvent {}

    /** It passes health checks again. */
    record Recovered(ReplicaSpec replica, long pid) implements ReplicaEvent {}

    /**
     * Its process ended although nobody asked it to; it is out of DNS.
     *
     * @param ending how, in words
     * @param pause how long until it is started again
     */
    record Died(ReplicaSpec replica, long pid, String ending, Duration pause) implements ReplicaEvent {}
}
