package dev.tradingplatform.stock.security;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The hosts under which clients may call the service: IP addresses, {@code localhost}, the DNS names of the service and
 * the names in {@code stock.security.allowed-hosts}. Any other name may belong to a page of the web whose owner made
 * the name point to this service (DNS rebinding).
 */
@Component
@EnableConfigurationProperties(SecuritySettings.class)
final class AllowedHosts {

    private static final String ANY = "*";

    private static final Pattern IP_V4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

    private final List<String> names = new ArrayList<>(List.of("localhost", ".localhost"));
    private final List<String> configured;

    AllowedHosts(SecuritySettings settings, Environment environment) {
        String service = environment.getProperty("discovery.server.name", "");
        if (!service.isEmpty()) {
            String full = service + "." + environment.getProperty("discovery.namespace", "trading-platform.local");
            Stream.of(service, full, "." + full).map(AllowedHosts::normalized).forEach(names::add);
        }
        configured =
                settings.allowedHosts().stream().map(AllowedHosts::normalized).toList();
        names.addAll(configured);
    }

    /**
     * Tells whether clients may call the service under a host.
     *
     * @param host a name or an IP address, without port
     */
    boolean allows(String host) {
        return isIpAddress(host) || names.contains(ANY) || isAmong(names, normalized(host));
    }

    /** Tells whether {@code stock.security.allowed-hosts} names a host; {@code *} names none. */
    boolean isConfigured(String host) {
        return isAmong(configured, normalized(host));
    }

    private static boolean isAmong(List<String> names, String host) {
        return names.stream()
                .anyMatch(name -> name.equals(host)
                        || (name.startsWith(".") && host.endsWith(name) && host.length() > name.length()));
    }

    /** A client that sends an IP address has not resolved a name. Only an IPv6 address contains colons. */
    private static boolean isIpAddress(String host) {
        return host.contains(":") || IP_V4.matcher(host).matches();
    }

    private static String normalized(String name) {
        String lower = name.strip().toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
