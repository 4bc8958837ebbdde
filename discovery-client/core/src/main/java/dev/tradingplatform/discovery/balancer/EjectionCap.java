package dev.tradingplatform.discovery.balancer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Bounds how many endpoints are out of rotation at once: half of them, one of two or three. When many endpoints fail at
 * the same time, the cause is the load or something they all depend on, and ejecting more of them leaves the others
 * with calls they cannot carry either. Endpoints beyond the bound accept calls after the others. An endpoint that
 * cannot be reached, or that belongs to another service, stays out whatever the bound, since no call could succeed
 * there; it counts. An endpoint that asked for a pause counts as out too.
 */
final class EjectionCap {

    private static final int MAX_OUT_PERCENT = 50;

    private EjectionCap() {}

    /**
     * Returns the endpoints that are out and accept calls all the same, those that went out last.
     *
     * @param present all endpoints that are not removed
     * @return empty if no more are out than may be, or if no other endpoint accepts calls: then all are called
     */
    static Set<PooledEndpoint> overEjectionCap(List<PooledEndpoint> present, long now) {
        List<PooledEndpoint> out =
                present.stream().filter(endpoint -> endpoint.out(now)).toList();
        int surplus = out.size() - Math.max(1, present.size() * MAX_OUT_PERCENT / 100);
        if (surplus <= 0 || present.stream().noneMatch(endpoint -> endpoint.acceptsCalls(now))) {
            return Set.of();
        }
        List<PooledEndpoint> reachable = new ArrayList<>(out);
        reachable.removeIf(endpoint -> endpoint.health().outOfReach());
        // Relative to now, since elapsed time may overflow.
        reachable.sort(Comparator.comparingLong(endpoint -> now - endpoint.outSince()));
        return new HashSet<>(reachable.subList(0, Math.min(surplus, reachable.size())));
    }
}
