package dev.tradingplatform.discovery.balancer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, such as a subnet's {@code 10.0.1.0/24}. Immutable.
 *
 * @param text as it was written
 */
public record Cidr(String text) {

    /** @throws IllegalArgumentException if it is not an address, a slash and a length that fits the address */
    public Cidr {
        prefix(text);
    }

    private static int length(String text) {
        return Integer.parseInt(text.substring(text.indexOf('/') + 1));
    }

    private static byte[] prefix(String text) {
        int slash = text.indexOf('/');
        try {
            if (slash > 0 && text.substring(0, slash).matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
                byte[] address = InetAddress.getByName(text.substring(0, slash)).getAddress();
                int length = length(text);
                if (length >= 0 && length <= address.length * 8) {
                    return masked(address, length);
                }
            }
        } catch (UnknownHostException | NumberFormatException unreadable) {
            throw notARange(text, unreadable);
        }
        throw notARange(text, null);
    }

    private static IllegalArgumentException notARange(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "address range: \"" + text + "\" (expected: an address and a prefix length, such as 10.0.1.0/24)",
                cause);
    }

    private static byte[] masked(byte[] address, int length) {
        byte[] masked = address.clone();
        for (int index = 0; index < masked.length; index++) {
            int bits = Math.clamp(length - 8L * index, 0, 8);
            masked[index] &= (byte) (0xFF << (8 - bits));
        }
        return masked;
    }

    /** Whether the address is in the range; never for one of the other family. */
    boolean contains(InetAddress address) {
        byte[] prefix = prefix(text);
        byte[] bytes = address.getAddress();
        return bytes.length == prefix.length && Arrays.equals(masked(bytes, length(text)), prefix);
    }
}
