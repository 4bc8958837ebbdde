package dev.tradingplatform.discovery.balancer;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which addresses are in the caller's own availability zone. A subnet lies in one zone, so the subnet of the caller's
 * own task tells: traffic within it is faster and costs nothing, while each gigabyte across zones costs a cent at both
 * ends. Safe for concurrent use.
 */
public final class Zone {

    private final AtomicReference<List<Cidr>> own;

    /** @param own the address ranges of the own zone; empty for not known, or all the same */
    public Zone(List<Cidr> own) {
        this.own = new AtomicReference<>(List.copyOf(own));
    }

    /** Learns of the own zone's ranges. */
    public void learn(List<Cidr> ranges) {
        own.set(List.copyOf(ranges));
    }

    /** Whether an address is known to be in the own zone. */
    boolean contains(InetAddress address) {
        for (Cidr range : own.get()) {
            if (range.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
