package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.ServiceStatus;
import dev.tradingplatform.discovery.dns.Resolver;
import dev.tradingplatform.discovery.dns.ServiceName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.net.URIAuthority;

/** The services that this client calls, by name. Forgets those that are no longer called. Safe for concurrent use. */
public final class ServiceRegistry {

    private static final int ASCII_END = 128;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * What tells service names from other hosts, and how services are called.
     *
     * @param namespaces in lower case, at least one; a name without a dot is looked up in the first one
     * @param excludedHosts in lower case; never service names
     * @param defaults for services without settings of their own
     * @param services settings by absolute name
     */
    public record Names(
            List<String> namespaces,
            Set<String> excludedHosts,
            ServiceSettings defaults,
            Map<String, ServiceSettings> services) {

        /** Copies the collections. */
        public Names {
            namespaces = List.copyOf(namespaces);
            excludedHosts = Set.copyOf(excludedHosts);
            services = Map.copyOf(services);
        }

        /**
         * Returns the absolute name of a host, if it is a service name: one without a dot, or one within a namespace.
         *
         * @param host of a URL; case and a final dot do not matter
         */
        public Optional<ServiceName> serviceName(String host) {
            // Some letters outside ASCII have a lower case within it: the Kelvin sign is not the letter K.
            if (!isAscii(host)) {
                return Optional.empty();
            }
            String name = withoutFinalDot(host.toLowerCase(Locale.ROOT));
            if (name.isEmpty()
                    || name.equals("localhost")
                    || name.endsWith(".localhost")
                    || isIpAddress(name)
                    || excludedHosts.contains(name)) {
                return Optional.empty();
            }
            if (!name.contains(".")) {
                return ServiceName.parse(name + "." + namespaces.get(0));
            }
            for (String namespace : namespaces) {
                int dot = name.length() - namespace.length() - 1;
                if (dot > 0 && name.charAt(dot) == '.' && name.endsWith(namespace)) {
                    return ServiceName.parse(name);
                }
            }
            return Optional.empty();
        }

        // No regular expressions or streams: these run in each call.
        private static boolean isAscii(String host) {
            for (int at = 0; at < host.length(); at++) {
                if (host.charAt(at) >= ASCII_END) {
                    return false;
                }
            }
            return true;
        }

        /** Returns whether a name has the form of an IP address: digits and dots only, or with a colon. */
        private static boolean isIpAddress(String name) {
            boolean ipv4 = true;
            for (int at = 0; at < name.length(); at++) {
                char letter = name.charAt(at);
                if (letter == ':') {
                    return true;
                }
                ipv4 &= letter == '.' || (letter >= '0' && letter <= '9');
            }
            return ipv4;
        }

        static String withoutFinalDot(String name) {
            return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        }

        ServiceSettings settings(ServiceName service) {
            return services.getOrDefault(service.value(), defaults);
        }
    }

    /** The port counts where the records name none. */
    private record Key(ServiceName name, int port) {}

    private final Names names;
    private final Function<RecordType, Resolver> resolvers;
    private final Service.Environment environment;
    private final ConcurrentMap<Key, Service> services = new ConcurrentHashMap<>();
    private final List<EndpointConnections> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final Runnable onLastCall;
    private volatile boolean closed;

    /**
     * Starts without services.
     *
     * @param resolvers one for each record type
     * @param onLastCall runs when the registry is closed and no call is in flight
     */
    public ServiceRegistry(
            Names names,
            Function<RecordType, Resolver> resolvers,
            Service.Environment environment,
            Runnable onLastCall) {
        this.names = names;
        this.resolvers = resolvers;
        this.environment = environment;
        this.onLastCall = onLastCall;
    }

    void remove(EndpointConnections closedOnes) {
        connections.remove(closedOnes);
    }

    /** Returns the settings of a service by its absolute name. */
    ServiceSettings settings(String service) {
        return names.services().getOrDefault(service, names.defaults());
    }

    void add(EndpointConnections added) {
        connections.add(added);
    }

    /** Returns the service that a request is for, if its host is a service name. */
    Optional<Service> find(HttpRequest request) {
        URIAuthority authority = request.getAuthority();
        return authority == null
                ? Optional.empty()
                : find(authority.getHostName(), port(request.getScheme(), authority.getPort()));
    }

    private Optional<Service> find(String host, int port) {
        return names.serviceName(host).map(name -> service(name, port));
    }

    private Service service(ServiceName name, int port) {
        ServiceSettings settings = names.settings(name);
        Key key = new Key(name, settings.recordType() == RecordType.SRV ? 0 : port);
        Service known = services.get(key);
        return known != null
                ? known
                : services.computeIfAbsent(
                        key,
                        absent -> new Service(
                                name, absent.port(), settings, resolvers.apply(settings.recordType()), environment));
    }

    private static int port(String scheme, int port) {
        int usual = "https".equalsIgnoreCase(scheme) ? HTTPS_PORT : HTTP_PORT;
        return port < 0 ? usual : port;
    }

    /** Returns whether the host of a URI is a service name, and not a host that only the system's resolver knows. */
    public boolean serves(URI uri) {
        String scheme = uri.getScheme();
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (closed || !http || uri.getRawAuthority() == null) {
            return false;
        }
        // java.net.URI has no host for a name with an underscore: the authority has it.
        String authority = uri.getRawAuthority();
        String host = uri.getHost() != null
                ? uri.getHost()
                : authority.replaceFirst("^.*@", "").replaceFirst(":[0-9]*$", "");
        Optional<ServiceName> name = names.serviceName(host);
        if (name.isEmpty() || host.contains(".")) {
            return name.isPresent();
        }
        Service known = services.get(new Key(
                name.get(),
                names.settings(name.get()).recordType() == RecordType.SRV ? 0 : port(scheme, uri.getPort())));
        return known == null || !known.unknownToDns() || !isKnownToSystem(host);
    }

    /** Returns whether a host without a dot is one that the system's resolver knows. */
    static boolean isKnownToSystem(HttpRequest request) {
        String host = request.getAuthority().getHostName();
        return !host.contains(".") && isKnownToSystem(host);
    }

    private static boolean isKnownToSystem(String host) {
        try {
            InetAddress.getByName(host);
            return true;
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    /** @throws DiscoveryException.Rejected if the client is closed, or too many calls are in flight */
    void enter(Service service, int maxConcurrentCalls) throws DiscoveryException.Rejected {
        inFlight.incrementAndGet();
        try {
            if (closed) {
                throw new DiscoveryException.Rejected(service.name(), "the client is closed");
            }
            service.limiter().enter(maxConcurrentCalls);
            service.called();
        } catch (DiscoveryException.Rejected rejected) {
            left();
            service.onCallCompleted("rejected", environment.nanoTime().getAsLong());
            throw rejected;
        }
    }

    void leave(Service service) {
        service.limiter().leave();
        left();
    }

    private void left() {
        if (inFlight.decrementAndGet() == 0 && closed) {
            onLastCall.run();
        }
    }

    /**
     * Returns the endpoints of a service that accept calls; looks the name up if it is not known.
     *
     * @param host a service name, as in a URL
     * @return empty if it is not a service name, or DNS lists no endpoint within the deadline
     */
    public List<Endpoint> endpoints(String host) {
        Optional<Service> found = closed ? Optional.empty() : find(host, HTTP_PORT);
        if (found.isEmpty()) {
            return List.of();
        }
        Service service = found.get();
        service.called();
        Duration deadline = service.settings().deadline();
        try {
            Service.Availability known =
                    service.awaitEndpoints(environment.nanoTime().getAsLong() + deadline.toNanos(), () -> true);
            return known == Service.Availability.KNOWN ? service.pool().acceptingCalls() : List.of();
        } catch (IOException none) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** Returns a snapshot of every service, by name. */
    public List<ServiceStatus> status() {
        return services.values().stream()
                .map(Service::status)
                .sorted(Comparator.comparing(ServiceStatus::service))
                .toList();
    }

    /** Does what is due for every service, and forgets those that are no longer called. About once a second. */
    public void maintain() {
        services.forEach((key, service) -> {
            if (service.inUse()) {
                service.maintain();
            } else if (services.remove(key, service)) {
                connections.forEach(each -> each.closeAll(service.name()));
            }
            for (Endpoint removed : service.removedEndpoints()) {
                connections.forEach(each -> each.closeRemoved(service.name(), removed));
            }
        });
        connections.forEach(EndpointConnections::closeExpired);
    }

    /** Rejects calls from now on, and closes idle connections. Calls in flight complete. */
    public void close() {
        closed = true;
        connections.forEach(EndpointConnections::close);
        if (inFlight.get() == 0) {
            onLastCall.run();
        }
    }
}
