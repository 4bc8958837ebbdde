package dev.tradingplatform.discovery;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A service name as it is looked up: an absolute DNS name in lower case, without the final dot, such as
 * {@code stock-service.trading-platform.local}. Immutable.
 *
 * @param value 1 to 253 characters, labels of 1 to 63 letters, digits, hyphens and underscores (RFC 1035 §2.3.4;
 *     underscores because SRV names begin with them, RFC 2782)
 */
public record ServiceName(String value) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?");
    private static final int LONGEST = 253;

    /**
     * Lower-cases the name and takes one final dot away.
     *
     * @throws IllegalArgumentException if it is not a DNS name
     */
    public ServiceName {
        value = value.toLowerCase(Locale.ROOT);
        if (value.endsWith(".")) {
            value = value.substring(0, value.length() - 1);
        }
        if (value.isEmpty() || value.length() > LONGEST) {
            throw notAName(value);
        }
        for (String label : value.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                throw notAName(value);
            }
        }
    }

    /**
     * Puts a host of a URL into a namespace: a single label becomes a name within it, anything with a dot is taken as
     * it is.
     *
     * @param host a host such as {@code stock-service} or {@code stock-service.trading-platform.local}
     * @param namespace a DNS namespace such as {@code trading-platform.local}; empty for none
     * @throws IllegalArgumentException if the outcome is not a DNS name
     */
    public static ServiceName of(String host, String namespace) {
        return new ServiceName(host.contains(".") || namespace.isEmpty() ? host : host + "." + namespace);
    }

    private static IllegalArgumentException notAName(String value) {
        return new IllegalArgumentException(
                "service name: \"%s\" (expected: a DNS name of at most %d characters with labels of 1 to 63 letters, digits, - and _)"
                        .formatted(value, LONGEST));
    }

    @Override
    public String toString() {
        return value;
    }
}
