package dev.tradingplatform.local;

import dev.tradingplatform.local.replica.StartFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the command line says. Immutable.
 *
 * @param replicas of stock-service
 * @param ttl of A and SRV records
 * @param data where the database and the logs are
 * @param stockJar stock-service's executable jar
 * @param signalJar signal-service's executable jar
 * @param dns where the stand-in for Cloud Map's DNS listens
 * @param signal where signal-service listens
 * @param firstStock where the first stock-service listens, the next ones on the next addresses; empty for 127.0.1.101
 *     if this machine has it and ports of 127.0.0.1 otherwise
 * @param tiedToParent whether to end when the process that started this one ends
 */
record Options(
        int replicas,
        Duration ttl,
        Path data,
        Path stockJar,
        Path signalJar,
        InetSocketAddress dns,
        InetSocketAddress signal,
        Optional<InetSocketAddress> firstStock,
        boolean tiedToParent) {

    /** Beyond this a laptop has no memory left: each takes some 200 MB. */
    private static final int MOST_REPLICAS = 20;

    private static final int LONGEST_TTL = 86_400;
    private static final int HIGHEST_PORT = 65_535;
    private static final Set<String> NAMES = new TreeSet<>(
            List.of("replicas", "ttl", "data", "stock-jar", "signal-jar", "dns", "signal", "stock", "tied-to-parent"));

    /** @throws StartFailure if something is missing, unknown or out of range */
    static Options parse(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        arguments.forEach(argument -> put(argument, values));
        return new Options(
                number("replicas", values.getOrDefault("replicas", "3"), 1, MOST_REPLICAS),
                Duration.ofSeconds(number("ttl", values.getOrDefault("ttl", "60"), 0, LONGEST_TTL)),
                path("data", values.getOrDefault("data", ".data"), "a directory"),
                path("stock-jar", values.getOrDefault("stock-jar", ""), "an executable jar"),
                path("signal-jar", values.getOrDefault("signal-jar", ""), "an executable jar"),
                address("dns", values.getOrDefault("dns", "127.0.0.1:8053")),
                address("signal", values.getOrDefault("signal", "127.0.0.1:8081")),
                Optional.ofNullable(values.get("stock")).map(value -> address("stock", value)),
                Boolean.parseBoolean(values.get("tied-to-parent")));
    }

    /** The file of stock-service's database, which all of its replicas share. */
    Path database() {
        return data.resolve("quotes.db");
    }

    private static void put(String argument, Map<String, String> values) {
        int equals = argument.indexOf('=');
        if (!argument.startsWith("--") || equals < 0 || !NAMES.contains(argument.substring(2, equals))) {
            throw new StartFailure("argument: \"%s\" (expected: --name=value with one of the names %s)."
                    .formatted(argument, String.join(", ", NAMES)));
        }
        values.put(argument.substring(2, equals), argument.substring(equals + 1));
    }

    private static int number(String name, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Says the same as a number out of range.
        }
        throw unusable(name, value, "a whole number from %d to %d".formatted(least, most));
    }

    private static Path path(String name, String value, String expected) {
        try {
            if (!value.isBlank()) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            // Says the same as no path.
        }
        throw unusable(name, value, "the path of " + expected);
    }

    private static InetSocketAddress address(String name, String value) {
        int colon = value.lastIndexOf(':');
        int port = number(name + "'s port", value.substring(colon + 1), 1, HIGHEST_PORT);
        try {
            return new InetSocketAddress(InetAddress.ofLiteral(value.substring(0, Math.max(0, colon))), port);
        } catch (IllegalArgumentException e) {
            throw unusable(name, value, "an address and a port such as 127.0.0.1:8053");
        }
    }

    private static StartFailure unusable(String name, String value, String expected) {
        return new StartFailure("%s: \"%s\" (expected: %s).".formatted(name, value, expected));
    }
}
