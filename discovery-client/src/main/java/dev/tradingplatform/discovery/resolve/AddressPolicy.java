package dev.tradingplatform.discovery.resolve;

import java.net.InetAddress;

/**
 * Which addresses an answer may lead to. A name that points at the caller itself or at the link-local range turns a DNS
 * record into a way to the caller's own ports or to its credentials: 169.254.169.254 and 169.254.170.2 are where EC2
 * and ECS hand them out.
 *
 * @param loopback whether 127.0.0.0/8 and ::1 are allowed, as a platform on one machine needs
 */
public record AddressPolicy(boolean loopback) {

    /** Whether the address may be connected to. */
    boolean allows(InetAddress address) {
        return !address.isAnyLocalAddress()
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && (loopback || !address.isLoopbackAddress());
    }
}
