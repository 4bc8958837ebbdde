package dev.tradingplatform.discovery.dns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The nameservers to query, in the order of preference. Safe for concurrent use. */
@FunctionalInterface
public interface Nameservers extends Supplier<List<InetSocketAddress>> {

    /** The port of DNS (RFC 1035 §4.2). */
    int PORT = 53;

    /** Returns nameservers that never change. */
    static Nameservers of(List<InetSocketAddress> servers) {
        List<InetSocketAddress> copy = List.copyOf(servers);
        return () -> copy;
    }

    /**
     * Returns the nameservers of a resolv.conf. The file is read for every lookup, because the nameservers change when
     * the host moves to another network, and a lookup happens only once per TTL.
     *
     * @param file usually {@code /etc/resolv.conf}; if it cannot be read, there are no nameservers; lines without an IP
     *     address are ignored
     */
    static Nameservers in(Path file) {
        return () -> {
            List<InetSocketAddress> servers = new ArrayList<>();
            for (String line : lines(file)) {
                String[] words = line.strip().split("\\s+", -1);
                if (words.length >= 2 && words[0].equals("nameserver")) {
                    readable(words[1]).ifPresent(servers::add);
                }
            }
            return List.copyOf(servers);
        };
    }

    // An unusable line, such as a link-local address of a removed interface, does not affect the other lines.
    private static Optional<InetSocketAddress> readable(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException skipped) {
            return Optional.empty();
        }
    }

    /**
     * Reads an address with an optional port.
     *
     * @param text {@code 10.0.0.2}, {@code 127.0.0.1:8053}, {@code [fd00:ec2::253]:53} or {@code fd00:ec2::253}
     * @throws IllegalArgumentException if it is not an IP address, or the port is not 1 to 65535
     */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean withPort = bracketed ? text.indexOf("]:") > 0 : colon > 0 && text.indexOf(':') == colon;
        String host = withPort ? text.substring(0, colon) : text;
        host = bracketed ? host.substring(1).replaceFirst("]$", "") : host;
        try {
            int port = withPort ? Integer.parseInt(text.substring(colon + 1)) : PORT;
            if (!host.matches("[0-9.]+|[0-9a-fA-F:.%]*:[0-9a-zA-Z:.%]*") || port < 1) {
                throw notANameserver(text);
            }
            return new InetSocketAddress(InetAddress.getByName(host), port);
        } catch (UnknownHostException | IllegalArgumentException unreadable) {
            throw notANameserver(text);
        }
    }

    private static IllegalArgumentException notANameserver(String text) {
        return new IllegalArgumentException("nameserver: \"" + text
                + "\" (expected: an IP address, with a port if it is not 53, such as 10.0.0.2 or 127.0.0.1:8053)");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.isReadable(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
