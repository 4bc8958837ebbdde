package dev.tradingplatform.discovery.spring;

import java.net.URI;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/** The SSL bundles of single services, {@code discovery.services.<name>.ssl-bundle}. Immutable. */
final class ServiceSslBundles {

    private final String namespace;
    private final Map<String, SslBundle> byService = new HashMap<>();

    /** @throws org.springframework.boot.ssl.NoSuchSslBundleException if there is no such bundle */
    ServiceSslBundles(DiscoveryProperties properties, SslBundles bundles) {
        namespace = properties.namespace().getFirst();
        properties.services().forEach((name, service) -> {
            String bundle = service.sslBundle();
            if (bundle != null) {
                byService.put(qualified(name), bundles.getBundle(bundle));
            }
        });
    }

    /** Returns the bundle for calls to the service that a URI names, if it has one of its own. */
    Optional<SslBundle> of(URI uri) {
        return byService.isEmpty() ? Optional.empty() : Optional.ofNullable(byService.get(qualified(host(uri))));
    }

    /** Returns all bundles, each once. */
    Set<SslBundle> all() {
        return Set.copyOf(byService.values());
    }

    /** Returns the host of a URI, also if it has an underscore: {@link URI#getHost()} has no such host. */
    static String host(URI uri) {
        String host = uri.getHost();
        return host != null ? host : String.valueOf(uri.getRawAuthority()).replaceAll("^.*@|:\\d*$", "");
    }

    private String qualified(String name) {
        String absolute = (name.contains(".") ? name : name + "." + namespace).toLowerCase(Locale.ROOT);
        return absolute.endsWith(".") ? absolute.substring(0, absolute.length() - 1) : absolute;
    }
}
