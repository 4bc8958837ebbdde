package dev.tradingplatform.discovery.test;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.regex.Pattern;

/**
 * What is registered in {@link CloudMap}. Immutable.
 *
 * @param id unique within the service, whatever its case; the first label of its SRV target's name: 1 to 63 letters,
 *     digits, - and _
 * @param ip an IPv4 address
 * @param port 1 to 65535
 * @param healthy whether it is answered while others are
 */
public record CloudMapInstance(String id, InetAddress ip, int port, boolean healthy) {

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_-]{1,63}");
    private static final int HIGHEST_PORT = 65535;

    /** @throws IllegalArgumentException if the id is no label, the address not IPv4 or the port out of range */
    public CloudMapInstance {
        if (!LABEL.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id: \"" + id + "\" (expected: a DNS label of 1 to 63 letters, digits, - and _)");
        }
        if (!(ip instanceof Inet4Address)) {
            throw new IllegalArgumentException("ip: " + ip.getHostAddress() + " (expected: an IPv4 address)");
        }
        if (port < 1 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to " + HIGHEST_PORT + ")");
        }
    }

    CloudMapInstance withHealth(boolean health) {
        return new CloudMapInstance(id, ip, port, health);
    }
}
