package dev.tradingplatform.discovery.balancer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A range of addresses, such as a subnet's {@code 10.0.1.0/24}. Immutable. Two ranges are equal if their texts are. */
public final class Cidr {

    private final String text;
    private final byte[] prefix;
    private final int length;

    /**
     * Parses a range.
     *
     * @throws IllegalArgumentException if the text is not an IP address, a slash and a length that fits the address
     */
    public Cidr(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !text.substring(0, slash).matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw notARange(text, null);
        }
        try {
            // The pattern admits no host name, so this looks up nothing.
            byte[] address = InetAddress.getByName(text.substring(0, slash)).getAddress();
            this.text = text;
            this.length = Integer.parseInt(text.substring(slash + 1));
            if (length < 0 || length > address.length * Byte.SIZE) {
                throw notARange(text, null);
            }
            this.prefix = masked(address, length);
        } catch (UnknownHostException | NumberFormatException unreadable) {
            throw notARange(text, unreadable);
        }
    }

    private static IllegalArgumentException notARange(String text, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "address range: \"" + text + "\" (expected: an address and a prefix length, such as 10.0.1.0/24)",
                cause);
    }

    private static byte[] masked(byte[] address, int length) {
        byte[] masked = address.clone();
        for (int index = 0; index < masked.length; index++) {
            int bits = Math.clamp((long) length - (long) Byte.SIZE * index, 0, Byte.SIZE);
            masked[index] &= (byte) (0xFF << (Byte.SIZE - bits));
        }
        return masked;
    }

    /** Returns whether the address is in the range; false for an address of the other family. */
    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == prefix.length && Arrays.equals(masked(bytes, length), prefix);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr range && range.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the text that the range was made from. */
    @Override
    public String toString() {
        return text;
    }
}
