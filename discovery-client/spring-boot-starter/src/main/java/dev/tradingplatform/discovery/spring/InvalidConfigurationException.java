package dev.tradingplatform.discovery.spring;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A property or a version that the starter cannot work with. The message is the whole explanation. */
final class InvalidConfigurationException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    /** {@code maxAttempts: 0 (expected: 1 or more)} */
    private static final Pattern NAMED_VALUE = Pattern.compile("([^:]+)(: .*)", Pattern.DOTALL);

    /** The properties whose name is not that of the parameter in kebab case. */
    private static final Map<String, String> PROPERTIES =
            Map.of("nameserver", "nameservers", "address range", "zone-cidrs", "service", "services");

    InvalidConfigurationException(String message) {
        super(message);
    }

    private InvalidConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Returns the same refusal with the property in place of the parameter that the core names.
     *
     * @param prefix of the property, with the last dot
     * @param refused with a message such as {@code maxAttempts: 0 (expected: 1 or more)}
     */
    static InvalidConfigurationException of(String prefix, IllegalArgumentException refused) {
        if (refused instanceof InvalidConfigurationException named) {
            return named;
        }
        String message = String.valueOf(refused.getMessage());
        Matcher parts = NAMED_VALUE.matcher(message);
        return new InvalidConfigurationException(
                parts.matches() ? prefix + property(parts.group(1)) + parts.group(2) : prefix + "*: " + message,
                refused);
    }

    private static String property(String parameter) {
        return PROPERTIES.getOrDefault(parameter, kebabCase(parameter));
    }

    private static String kebabCase(String parameter) {
        return parameter.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
