package dev.tradingplatform.discovery.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * The addresses that the client may connect to. A DNS record with the client's own address or a link-local one would
 * lead requests to the client's own ports, or to its credentials: EC2 and ECS serve these at 169.254.169.254,
 * 169.254.170.2 and fd00:ec2::254.
 *
 * @param loopback whether 127.0.0.0/8 and ::1 are allowed, as a platform on one machine needs
 * @param ipv6 whether AAAA records are queried in addition to A records, for SRV targets too. Off by default: it
 *     doubles the number of queries, and Cloud Map has AAAA records only for services that register them
 */
public record AddressPolicy(boolean loopback, boolean ipv6) {

    /** Where AWS serves metadata, credentials, time and DNS over IPv6. */
    private static final byte[] AWS_LOCAL = {(byte) 0xFD, 0, 0x0E, (byte) 0xC2};

    /** Addresses with this prefix contain an IPv4 address (RFC 6052 §2.1), and the rules for that address apply. */
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xFF, (byte) 0x9B, 0, 0, 0, 0, 0, 0, 0, 0};

    private static final int IPV4_LENGTH = 4;
    private static final byte[] BROADCAST = {-1, -1, -1, -1};

    /** Returns whether the client may connect to the address. */
    boolean allows(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (startsWith(bytes, NAT64)) {
            return allows(embedded(bytes));
        }
        boolean thisNetwork = bytes.length == IPV4_LENGTH && bytes[0] == 0;
        return !address.isAnyLocalAddress()
                && !thisNetwork
                && !address.isLinkLocalAddress()
                && !address.isMulticastAddress()
                && !Arrays.equals(bytes, BROADCAST)
                && !startsWith(bytes, AWS_LOCAL)
                && (loopback || !address.isLoopbackAddress());
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length > IPV4_LENGTH && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static InetAddress embedded(byte[] bytes) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, NAT64.length, bytes.length));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
