package dev.tradingplatform.discovery.balancer;

import dev.tradingplatform.discovery.Endpoint;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Prefers endpoints of the own zone while they have room. Off below six endpoints, where a zone has one or two and the
 * preference would only make shares uneven (Envoy's zone aware routing has the same bound). As soon as the endpoints of
 * the own zone have clearly more in flight than the average of all, the next call may leave the zone.
 */
final class ZoneAffinity {

    private static final int MIN_ENDPOINTS = 6;
    private static final double SPILL_FACTOR = 1.4;

    /** A pick looks at this many endpoints on average to find out whether the own zone has room. */
    private static final int LOOKS_PER_PICK = 8;

    private final RandomGenerator random;
    private final Selection all;

    /** All endpoints, if the preference is off. */
    private final Selection own;

    private volatile boolean room = true;

    /**
     * @param endpoints at least one
     * @param ranges of the own zone
     * @param select makes a selection of endpoints
     */
    ZoneAffinity(
            List<PooledEndpoint> endpoints,
            List<Cidr> ranges,
            RandomGenerator random,
            Function<List<PooledEndpoint>, Selection> select) {
        this.random = random;
        this.all = select.apply(endpoints);
        List<PooledEndpoint> preferred = endpoints.size() < MIN_ENDPOINTS
                ? List.of()
                : endpoints.stream()
                        .filter(each -> Zone.contains(ranges, each.endpoint().address()))
                        .toList();
        boolean off = preferred.isEmpty() || preferred.size() == endpoints.size();
        this.own = off ? all : select.apply(preferred);
    }

    List<PooledEndpoint> endpoints() {
        return all.endpoints();
    }

    PooledEndpoint pick(double usualLatency) {
        PooledEndpoint picked = own.pick(usualLatency);
        return own == all || picked.inFlight() == 0 || hasRoom() ? picked : all.pick(usualLatency);
    }

    /** Returns whether {@link #pickUntried} would find an endpoint. */
    boolean hasUntried(Collection<Endpoint> tried) {
        return all.hasUntried(tried);
    }

    /** Picks among the endpoints that were not tried; empty if all were. */
    Optional<PooledEndpoint> pickUntried(Collection<Endpoint> tried, double usualLatency) {
        return own != all && own.hasUntried(tried) && hasRoom()
                ? own.pickUntried(tried, usualLatency)
                : all.pickUntried(tried, usualLatency);
    }

    /**
     * The attempts in flight of all endpoints are added up now and then only: the more endpoints there are, the less
     * one call changes the average.
     */
    private boolean hasRoom() {
        if (random.nextInt(all.size()) < LOOKS_PER_PICK) {
            room = own.averageInFlight() <= SPILL_FACTOR * all.averageInFlight();
        }
        return room;
    }
}
