package dev.tradingplatform.discovery.dns;

import java.util.Optional;

/**
 * Name of a service: an absolute DNS name in lower case, without the final dot, such as
 * {@code stock-service.trading-platform.local}. Immutable.
 *
 * @param value 1 to 253 characters, labels of 1 to 63 ASCII letters, digits, hyphens (not at either end) and
 *     underscores (RFC 1035 §2.3.4; underscores as in {@code _http._tcp}, RFC 2782). The last of several labels is not
 *     a number, because that is the form of an IPv4 address (RFC 1123 §2.1)
 */
public record ServiceName(String value) {

    private static final int MAX_LENGTH = 253;
    private static final int MAX_LABEL_LENGTH = 63;

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
        String normalized = normalize(text);
        return isValid(normalized) ? Optional.of(new ServiceName(normalized)) : Optional.empty();
    }

    // Not String.toLowerCase(): it converts letters outside ASCII into ASCII letters, for example the Kelvin sign to k.
    private static String normalize(String text) {
        int length = text.endsWith(".") ? text.length() - 1 : text.length();
        for (int at = 0; at < length; at++) {
            if (isUpperCase(text.charAt(at))) {
                return lowerCase(text, length);
            }
        }
        return text.substring(0, length);
    }

    private static String lowerCase(String text, int length) {
        StringBuilder lowerCase = new StringBuilder(length);
        for (int at = 0; at < length; at++) {
            char letter = text.charAt(at);
            lowerCase.append(isUpperCase(letter) ? (char) (letter - 'A' + 'a') : letter);
        }
        return lowerCase.toString();
    }

    private static boolean isUpperCase(char letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    // Runs in each call: no regular expressions, which allocate.
    private static boolean isValid(String name) {
        if (name.length() > MAX_LENGTH) {
            return false;
        }
        int begin = 0;
        for (int end = name.indexOf('.'); end >= 0; end = name.indexOf('.', begin)) {
            if (!isLabel(name, begin, end)) {
                return false;
            }
            begin = end + 1;
        }
        return isLabel(name, begin, name.length()) && (begin == 0 || !isNumber(name, begin));
    }

    private static boolean isLabel(String name, int begin, int end) {
        if (begin == end
                || end - begin > MAX_LABEL_LENGTH
                || name.charAt(begin) == '-'
                || name.charAt(end - 1) == '-') {
            return false;
        }
        for (int at = begin; at < end; at++) {
            char letter = name.charAt(at);
            if (!(letter >= 'a' && letter <= 'z') && !isDigit(letter) && letter != '-' && letter != '_') {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String name, int begin) {
        for (int at = begin; at < name.length(); at++) {
            if (!isDigit(name.charAt(at))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    @Override
    public String toString() {
        return value;
    }
}
