package dev.tradingplatform.discovery.balancer;

import java.util.ArrayList;
import java.util.List;

/**
 * Bounds how many endpoints may be out at once: half of them, one of two or three. When many are found wanting at the
 * same time the load is to blame or what they all depend on, and taking out more of them leaves the others with calls
 * they cannot carry either. Those beyond the bound take calls after the others. An endpoint that cannot be reached, or
 * belongs to another service, stays out whatever the bound, since it could not take a call anyway; it counts. So does
 * one that has asked not to be called for a while.
 */
final class EjectionCap {

    private static final int MOST_OUT_PERCENT = 50;

    private EjectionCap() {}

    /**
     * Those that are out and take calls all the same, those that went out last first.
     *
     * @param present all endpoints that have not left
     * @return empty while no more are out than may be, and when nobody else takes calls: then all are called
     */
    static List<TrackedEndpoint> spared(List<TrackedEndpoint> present) {
        int out = 0;
        boolean othersTakeCalls = false;
        List<TrackedEndpoint> judged = new ArrayList<>();
        for (TrackedEndpoint tracked : present) {
            othersTakeCalls |= tracked.takesCalls();
            if (tracked.out()) {
                out++;
                if (!tracked.health().outOfReach()) {
                    judged.add(tracked);
                }
            }
        }
        int surplus = Math.min(out - Math.max(1, present.size() * MOST_OUT_PERCENT / 100), judged.size());
        if (surplus <= 0 || !othersTakeCalls) {
            return List.of();
        }
        judged.sort((one, other) -> Long.signum(other.outSince() - one.outSince()));
        return List.copyOf(judged.subList(0, surplus));
    }
}
