package dev.tradingplatform.discovery.dns;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Name of a service: an absolute DNS name in lower case, without the final dot, such as
 * {@code stock-service.trading-platform.local}. Immutable.
 *
 * @param value 1 to 253 characters, labels of 1 to 63 ASCII letters, digits, hyphens (not at either end) and
 *     underscores (RFC 1035 §2.3.4; underscores as in {@code _http._tcp}, RFC 2782). The last of several labels is not
 *     a number, because that is the form of an IPv4 address (RFC 1123 §2.1)
 */
public record ServiceName(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final Pattern NUMERIC_TOP_LABEL = Pattern.compile(".*\\.[0-9]+");
    private static final int MAX_LENGTH = 253;

    /**
     * Converts ASCII letters to lower case and removes one final dot.
     *
     * @throws IllegalArgumentException if the text is not a service name
     */
    public ServiceName {
        String normalized = normalize(value);
        if (!isValid(normalized)) {
            throw new IllegalArgumentException(
                    "service name: \"%s\" (expected: a DNS name of at most %d characters, with labels of 1 to 63 letters, digits, - and _)"
                            .formatted(value, MAX_LENGTH));
        }
        value = normalized;
    }

    /** Returns the service name that the text denotes, or nothing if it is not one, like an IP address or a URL. */
    public static Optional<ServiceName> parse(String text) {
        return isValid(normalize(text)) ? Optional.of(new ServiceName(text)) : Optional.empty();
    }

    // Not String.toLowerCase(): it converts letters outside ASCII into ASCII letters, for example the Kelvin sign to k.
    private static String normalize(String text) {
        int length = text.endsWith(".") ? text.length() - 1 : text.length();
        StringBuilder normalized = new StringBuilder(length);
        for (int at = 0; at < length; at++) {
            char letter = text.charAt(at);
            normalized.append(letter >= 'A' && letter <= 'Z' ? (char) (letter - 'A' + 'a') : letter);
        }
        return normalized.toString();
    }

    private static boolean isValid(String name) {
        if (name.isEmpty()
                || name.length() > MAX_LENGTH
                || NUMERIC_TOP_LABEL.matcher(name).matches()) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return value;
    }
}
