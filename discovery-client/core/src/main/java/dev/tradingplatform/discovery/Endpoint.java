package dev.tradingplatform.discovery;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Address and port that the client connects to. Immutable. Two endpoints are equal if address and port are equal.
 *
 * @param address an IP address; the host name that the object may carry is ignored
 * @param port 1 to 65535
 */
public record Endpoint(InetAddress address, int port) {

    private static final int MAX_PORT = 65535;

    /** @throws IllegalArgumentException if the port is not 1 to 65535 */
    public Endpoint {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to " + MAX_PORT + ")");
        }
    }

    /** Returns address and port as in a URL: {@code 10.0.1.101:80}, {@code [2001:db8::1]:80}. */
    @Override
    public String toString() {
        String ip = address.getHostAddress();
        return address instanceof Inet6Address ? "[" + ip + "]:" + port : ip + ":" + port;
    }
}
