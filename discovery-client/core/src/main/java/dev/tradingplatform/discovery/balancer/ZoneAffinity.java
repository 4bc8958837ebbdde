package dev.tradingplatform.discovery.balancer;

import java.util.List;

/**
 * Prefers endpoints of the own zone while they can take it. Off below six endpoints, where a zone has one or two and
 * preferring them would only make shares uneven (Envoy's zone aware routing has the same bound); and as soon as one of
 * the own zone has clearly more in flight than the average of all, the next call is free to leave the zone.
 */
final class ZoneAffinity {

    private static final int FEWEST_ENDPOINTS = 6;
    private static final double SPILL_FACTOR = 1.4;

    private final Zone zone;

    ZoneAffinity(Zone zone) {
        this.zone = zone;
    }

    /** The endpoints to pick among: those of the own zone, or all of them. */
    List<TrackedEndpoint> preferred(List<TrackedEndpoint> candidates) {
        if (candidates.size() < FEWEST_ENDPOINTS) {
            return candidates;
        }
        List<TrackedEndpoint> own = candidates.stream()
                .filter(tracked -> zone.contains(tracked.endpoint().address()))
                .toList();
        return own.isEmpty() || averageInFlight(own) > SPILL_FACTOR * averageInFlight(candidates) ? candidates : own;
    }

    /** One more than there are, so that the first calls of a quiet client count too. */
    private static double averageInFlight(List<TrackedEndpoint> endpoints) {
        int sum = 0;
        for (TrackedEndpoint tracked : endpoints) {
            sum += tracked.inFlight();
        }
        return 1 + (double) sum / endpoints.size();
    }
}
