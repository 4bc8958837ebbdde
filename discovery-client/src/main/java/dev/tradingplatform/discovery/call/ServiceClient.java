package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.balance.Balancing;
import dev.tradingplatform.discovery.balance.Cidr;
import dev.tradingplatform.discovery.balance.Zone;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.RecordType;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.endpoint.ServiceStatus;
import dev.tradingplatform.discovery.resolve.AddressPolicy;
import dev.tradingplatform.discovery.resolve.DnsResolver;
import dev.tradingplatform.discovery.resolve.Nameservers;
import dev.tradingplatform.discovery.resolve.Resolver;
import dev.tradingplatform.discovery.resolve.Surroundings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Calls services by name. Resolves the name through DNS, picks an endpoint, and fails over to others, within one
 * deadline. One client serves a whole application; each has two background threads of its own. Safe for concurrent use;
 * {@link #send} blocks, and is fit for virtual threads.
 */
public final class ServiceClient implements AutoCloseable {

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int NAMED_BY_THE_RECORDS = 0;
    private static final long TICK_MILLIS = 100;
    private static final long OVERDUE_TICK_MILLIS = 50;
    private static final int TICKS_PER_PROBE = 10;

    private final DiscoverySettings settings;
    private final Service.Context context;
    private final Surroundings surroundings;
    private final OverdueExchanges overdue;
    private final Trying trying;
    private final ConcurrentMap<ServiceKey, Service> services = new ConcurrentHashMap<>();
    private final BackgroundClock clock = new BackgroundClock();
    private int ticks;
    private volatile boolean closed;

    /** The port counts where the records name none. */
    private record ServiceKey(ServiceName name, int port) {}

    private ServiceClient(
            DiscoverySettings settings,
            DiscoveryListener listener,
            Map<String, String> environment,
            Surroundings surroundings) {
        this.settings = settings;
        this.surroundings = surroundings;
        CallPolicy policy = settings.calls();
        Resolver resolver = new DnsResolver(
                nameservers(settings),
                settings.record(),
                new AddressPolicy(settings.loopback(), settings.ipv6()),
                surroundings.nanoTime());
        this.overdue = new OverdueExchanges(surroundings.nanoTime());
        this.trying = new Trying(
                new HttpExchange(overdue, policy.connectTimeout(), surroundings.nanoTime()),
                policy.hedgeAfter(),
                surroundings.nanoTime());
        Zone zone = new Zone(settings.zoneCidrs().stream().map(Cidr::new).toList());
        if (settings.zoneCidrs().isEmpty()) {
            surroundings.executor().execute(() -> zone.learn(EcsTaskMetadata.subnets(environment)));
        }
        this.context = new Service.Context(
                resolver,
                new Balancing(zone, settings.slowStart()),
                settings,
                new ToleratedListener(listener),
                surroundings);
    }

    /** Makes a client and starts its background threads; nothing is looked up before the first call. */
    public static ServiceClient of(DiscoverySettings settings) {
        return of(settings, DiscoveryListener.NONE);
    }

    /** The same, with somebody who hears what happens. */
    public static ServiceClient of(DiscoverySettings settings, DiscoveryListener listener) {
        return of(settings, listener, System.getenv());
    }

    /** @param environment the variables of the process, by which ECS says where to ask for the own subnet */
    static ServiceClient of(DiscoverySettings settings, DiscoveryListener listener, Map<String, String> environment) {
        ServiceClient client = new ServiceClient(settings, listener, environment, Surroundings.system());
        client.clock.every(TICK_MILLIS, client::keepHouse);
        client.clock.every(OVERDUE_TICK_MILLIS, client::cutOffOverdue);
        return client;
    }

    private static Nameservers nameservers(DiscoverySettings settings) {
        return settings.nameservers().isEmpty()
                ? Nameservers.in(Path.of("/etc/resolv.conf"))
                : Nameservers.of(
                        settings.nameservers().stream().map(Nameservers::parse).toList());
    }

    /**
     * Whether a URI's host is a service name: one without a dot, or one within the namespace. Everything else is for an
     * ordinary HTTP client.
     */
    public boolean serves(URI uri) {
        String host = uri.getHost();
        return host != null
                && !host.equalsIgnoreCase("localhost")
                && !host.startsWith("[")
                && (!host.contains(".") || host.toLowerCase(Locale.ROOT).endsWith("." + settings.namespace()));
    }

    /**
     * Sends a request and waits for the answer. Every status is an answer, 503 included, once no other endpoint can do
     * better.
     *
     * @return to be closed by the caller
     * @throws IllegalArgumentException if the URI's host is not a service name
     * @throws ServiceCallException if there is no answer; says what was tried. An interrupt ends the call likewise, and
     *     the thread stays interrupted
     */
    public ServiceResponse send(ServiceRequest request) {
        Service service = service(request.uri());
        if (closed) {
            throw new ServiceCallException.Rejected(service.name(), "the client is closed");
        }
        try {
            return new Call(service, request, trying, surroundings.nanoTime()).run();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ServiceCallException.AttemptsExhausted(service.name(), List.of(), "the caller was interrupted");
        }
    }

    private Service service(URI uri) {
        if (!serves(uri)) {
            throw new IllegalArgumentException("uri: " + uri + " (expected: a host without a dot, or one that ends in ."
                    + settings.namespace() + ")");
        }
        ServiceKey key = new ServiceKey(
                ServiceName.of(uri.getHost(), settings.namespace()),
                settings.record() == RecordType.SRV ? NAMED_BY_THE_RECORDS : port(uri));
        return services.computeIfAbsent(key, _ -> new Service(key.name(), key.port(), context));
    }

    private static int port(URI uri) {
        int usual = "https".equals(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
        return uri.getPort() < 0 ? usual : uri.getPort();
    }

    /**
     * The endpoints of a service that take calls, for those who send by other means. Looks them up if need be.
     *
     * @param host a service name, as in a URL
     * @return empty if there are none, or DNS does not answer within the deadline
     */
    public List<Endpoint> endpoints(String host) {
        Service service = service(URI.create("http://" + host));
        try {
            service.awaitEndpoints(surroundings.nanoTime().getAsLong()
                    + service.policy().deadline().toNanos());
        } catch (ServiceCallException.NoEndpoint none) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
        return service.pool().takingCalls();
    }

    /** What is known of every service called so far, by name. */
    public List<ServiceStatus> status() {
        return services.values().stream()
                .map(service -> service.status(settings.record()))
                .sorted(Comparator.comparing(status -> status.service().value()))
                .toList();
    }

    private void keepHouse() {
        if (closed) {
            return;
        }
        services.values().forEach(Service::refreshIfInUse);
        services.values().forEach(Service::announceChanges);
        services.values().forEach(Service::letGo);
        ticks++;
        if (ticks % TICKS_PER_PROBE == 0) {
            services.values().forEach(Service::probe);
            services.values().forEach(service -> service.connections().closeIdle());
        }
    }

    // Goes on after the end for calls that are under way then: nobody else ends one whose endpoint never does.
    private void cutOffOverdue() {
        overdue.cutOff();
        if (closed
                && services.values().stream()
                        .noneMatch(service -> service.guard().inUse())) {
            services.values().forEach(service -> service.connections().close());
            clock.close();
        }
    }

    /**
     * Closes kept connections. Does not wait: calls under way finish, each within its deadline, and the background
     * threads end with the last of them. Later calls fail.
     */
    @Override
    public void close() {
        closed = true;
        services.values().forEach(service -> service.connections().close());
        cutOffOverdue();
    }
}
