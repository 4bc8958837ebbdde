package dev.tradingplatform.local.container;

import dev.tradingplatform.discovery.test.CloudMapNamespace;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the container's environment says. Immutable.
 *
 * @param namespace {@code NAMESPACE}: the DNS namespace
 * @param ttl {@code TTL}: of A and SRV records, in seconds
 * @param services {@code SERVICES}: names of Docker networks' aliases and of services in the namespace, with commas
 */
record Settings(String namespace, Duration ttl, List<String> services) {

    /** What clients may remember of an empty service; Cloud Map's five minutes would be felt at every start. */
    private static final Duration NEGATIVE_TTL = Duration.ofSeconds(5);

    private static final int LONGEST_TTL = 86_400;

    Settings {
        services = List.copyOf(services);
    }

    /** @throws IllegalArgumentException if something is out of range; the message names it */
    static Settings of(Map<String, String> environment) {
        return new Settings(
                environment.getOrDefault("NAMESPACE", "trading-platform.local"),
                ttl(environment.getOrDefault("TTL", "60")),
                Arrays.stream(environment
                                .getOrDefault("SERVICES", "stock-service,signal-processing-service")
                                .split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    CloudMapNamespace cloudMapNamespace() {
        return CloudMapNamespace.of(namespace).withTtl(ttl).withNegativeTtl(NEGATIVE_TTL);
    }

    private static Duration ttl(String value) {
        try {
            int seconds = Integer.parseInt(value);
            if (seconds >= 0 && seconds <= LONGEST_TTL) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // Says the same as a number out of range.
        }
        throw new IllegalArgumentException(
                "TTL: \"%s\" (expected: whole seconds from 0 to %d)".formatted(value, LONGEST_TTL));
    }
}
