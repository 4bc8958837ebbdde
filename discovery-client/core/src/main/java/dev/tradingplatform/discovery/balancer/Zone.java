package dev.tradingplatform.discovery.balancer;

import java.net.InetAddress;
import java.util.List;

/**
 * The address ranges of the client's own availability zone. A subnet lies in one zone, so the subnet of the client's
 * own task identifies it: traffic within the zone is faster and free, while AWS charges each gigabyte between zones at
 * both ends. Safe for concurrent use.
 */
public final class Zone {

    private volatile List<Cidr> ranges;

    /**
     * Creates a zone.
     *
     * @param ranges of the own zone; empty if the zone is not known or does not matter
     */
    public Zone(List<Cidr> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** Replaces the ranges, for a client that learns its zone after its start. */
    public void learn(List<Cidr> ranges) {
        this.ranges = List.copyOf(ranges);
    }

    /** Returns the ranges; the same object until {@link #learn} replaces them. */
    List<Cidr> ranges() {
        return ranges;
    }

    static boolean contains(List<Cidr> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
