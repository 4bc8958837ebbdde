package dev.tradingplatform.discovery.test;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Pattern;

/**
 * An instance that is registered in {@link CloudMap}. Immutable.
 *
 * @param id unique within the service without regard to case; the first label of the SRV target: 1 to 63 letters,
 *     digits, - and _
 * @param ip an IPv4 address (answered as A record) or an IPv6 address (AAAA record)
 * @param port 1 to 65535
 * @param healthy whether DNS answers contain it while the service has healthy instances
 */
public record CloudMapInstance(String id, InetAddress ip, int port, boolean healthy) {

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final int MAX_PORT = 65535;

    /** @throws IllegalArgumentException if the id is not a label or the port is out of range */
    public CloudMapInstance {
        if (!LABEL.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id: \"" + id + "\" (expected: a DNS label of 1 to 63 letters, digits, - and _)");
        }
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to " + MAX_PORT + ")");
        }
    }

    boolean isAt(InetSocketAddress endpoint) {
        return ip.equals(endpoint.getAddress()) && port == endpoint.getPort();
    }

    CloudMapInstance withHealth(boolean health) {
        return new CloudMapInstance(id, ip, port, health);
    }
}
