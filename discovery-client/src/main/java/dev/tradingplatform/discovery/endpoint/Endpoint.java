package dev.tradingplatform.discovery.endpoint;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * What a caller dials: one address and one port. Immutable; two endpoints are equal when address and port are.
 *
 * @param address an IP address; its host name, if it has one, is neither used nor compared
 * @param port 1 to 65535
 */
public record Endpoint(InetAddress address, int port) {

    private static final int HIGHEST_PORT = 65535;

    /** @throws IllegalArgumentException if the port is outside 1 to 65535 */
    public Endpoint {
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to " + HIGHEST_PORT + ")");
        }
    }

    /** {@code 10.0.1.101:80}, {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        String ip = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + ip + "]:" + port : ip + ":" + port;
    }
}
