package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceSettings;
import dev.tradingplatform.discovery.balancer.Cidr;
import dev.tradingplatform.discovery.balancer.Zone;
import dev.tradingplatform.discovery.dns.AddressPolicy;
import dev.tradingplatform.discovery.dns.DnsResolver;
import dev.tradingplatform.discovery.dns.Nameservers;
import dev.tradingplatform.discovery.dns.Resolver;
import dev.tradingplatform.discovery.dns.ServiceName;
import dev.tradingplatform.discovery.dns.Wait;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything behind a {@code DiscoveryClient}: makes the parts and connects them. Has two daemon threads. Safe for
 * concurrent use.
 */
public final class DiscoveryRuntime {

    /** Cloud Map answers with at most this many records (MULTIVALUE routing; Route 53 Developer Guide). */
    public static final int CLOUD_MAP_MAX_RECORDS = 8;

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryRuntime.class);

    /** A connection ends after this time, so that no state of the network outlives its cause for ever. */
    private static final TimeValue MAX_CONNECTION_AGE = TimeValue.ofMinutes(5);

    private static final String NOT_CONFIGURED =
            "The HttpClient does not call services through discovery-client: DiscoveryClient.configure was not called for"
                    + " its builder, or a later setting removed the interceptor or the connection manager";

    private static final long MAINTENANCE_MILLIS = 1_000;
    private static final int THREADS = 2;

    /**
     * The settings of a client, as its builder collected them.
     *
     * @param namespaces at least one
     * @param nameservers IP addresses with optional ports; empty for those of /etc/resolv.conf
     * @param excludedHosts hosts that are never service names
     * @param loopback whether DNS answers may contain loopback addresses
     * @param ipv6 whether AAAA records are queried as well
     * @param maxRecords maximum number of records in an answer, 1 or more
     * @param zoneCidrs address ranges of the client's own zone; empty for the subnet of the ECS task
     * @param slowStart zero or more
     * @param defaults changes the settings of all services
     * @param services changes the settings of one service, by name as in a URL
     * @param listener receives events
     */
    public record Settings(
            List<String> namespaces,
            List<String> nameservers,
            List<String> excludedHosts,
            boolean loopback,
            boolean ipv6,
            int maxRecords,
            List<String> zoneCidrs,
            Duration slowStart,
            UnaryOperator<ServiceSettings> defaults,
            Map<String, UnaryOperator<ServiceSettings>> services,
            DiscoveryListener listener) {

        /** Copies the collections, and checks what can be checked by itself. */
        public Settings {
            if (namespaces.isEmpty()) {
                throw new IllegalArgumentException(
                        "namespace: none (expected: at least one, such as trading-platform.local)");
            }
            namespaces = namespaces.stream()
                    .map(text -> ServiceName.parse(text)
                            .orElseThrow(() -> new IllegalArgumentException("namespace: \"" + text
                                    + "\" (expected: a DNS name, such as trading-platform.local)"))
                            .value())
                    .toList();
            nameservers = List.copyOf(nameservers);
            excludedHosts = List.copyOf(excludedHosts);
            zoneCidrs = List.copyOf(zoneCidrs);
            services = Map.copyOf(services);
            if (maxRecords < 1) {
                throw new IllegalArgumentException("maxRecords: " + maxRecords + " (expected: 1 or more)");
            }
            if (slowStart.isNegative()) {
                throw new IllegalArgumentException("slowStart: " + slowStart + " (expected: zero or more)");
            }
        }

        ServiceRegistry.Names names() {
            ServiceSettings usual = defaults.apply(ServiceSettings.DEFAULTS);
            Set<String> excluded = new HashSet<>();
            excludedHosts.forEach(
                    host -> excluded.add(ServiceRegistry.Names.withoutFinalDot(host.toLowerCase(Locale.ROOT))));
            ServiceRegistry.Names names = new ServiceRegistry.Names(namespaces, excluded, usual, Map.of());
            Map<String, ServiceSettings> byName = new HashMap<>();
            services.forEach((text, change) -> {
                ServiceName name = names.serviceName(text)
                        .orElseThrow(() -> new IllegalArgumentException("service: \"" + text
                                + "\" (expected: a name without a dot, or one that ends in a namespace: " + namespaces
                                + ")"));
                byName.put(name.value(), change.apply(usual));
            });
            return new ServiceRegistry.Names(namespaces, excluded, usual, byName);
        }
    }

    private final ScheduledThreadPoolExecutor scheduler;
    private final ServiceRegistry services;
    private final Call.Environment calls;

    /** @throws IllegalArgumentException if a value cannot be used; the message names it */
    public DiscoveryRuntime(Settings settings) {
        this(settings, System.getenv());
        Warmup.once();
    }

    /** @param environment variables of the process: ECS names the address of its agent there */
    DiscoveryRuntime(Settings settings, Map<String, String> environment) {
        ThreadLocalGenerator random = new ThreadLocalGenerator();
        Executor virtualThreads = task -> Thread.ofVirtual().name("discovery").start(task);
        ServiceRegistry.Names names = settings.names();
        List<Cidr> ranges = settings.zoneCidrs().stream().map(Cidr::new).toList();
        Map<RecordType, Resolver> resolvers = resolvers(settings);
        Zone zone = new Zone(ranges);
        if (ranges.isEmpty()) {
            virtualThreads.execute(() -> zone.learn(EcsTaskMetadata.subnets(environment)));
        }
        this.scheduler = new ScheduledThreadPoolExecutor(
                THREADS,
                Thread.ofPlatform().daemon().name("discovery-scheduler-", 1).factory());
        this.services = new ServiceRegistry(
                names,
                type -> Objects.requireNonNull(resolvers.get(type)),
                new Service.Environment(
                        new SafeListener(settings.listener()),
                        zone,
                        settings.slowStart(),
                        System::nanoTime,
                        InstantSource.system(),
                        random,
                        virtualThreads,
                        Wait.REAL_TIME,
                        Service.Prober.TCP),
                scheduler::shutdownNow);
        this.calls = new Call.Environment(
                new AttemptDeadlines(this::schedule, System::nanoTime),
                System::nanoTime,
                random,
                virtualThreads,
                Wait.REAL_TIME);
        var unused = scheduler.scheduleWithFixedDelay(
                this::maintain, MAINTENANCE_MILLIS, MAINTENANCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void schedule(Runnable task, long delay, TimeUnit unit) {
        var unused = scheduler.schedule(task, delay, unit);
    }

    private static Map<RecordType, Resolver> resolvers(Settings settings) {
        Nameservers nameservers = settings.nameservers().isEmpty()
                ? Nameservers.in(Path.of("/etc/resolv.conf"))
                : Nameservers.of(
                        settings.nameservers().stream().map(Nameservers::parse).toList());
        Map<RecordType, Resolver> resolvers = new EnumMap<>(RecordType.class);
        for (RecordType type : RecordType.values()) {
            resolvers.put(
                    type,
                    new DnsResolver(
                            nameservers,
                            type,
                            new AddressPolicy(settings.loopback(), settings.ipv6()),
                            settings.maxRecords(),
                            System::nanoTime));
        }
        return resolvers;
    }

    // An executor drops a task that throws, and with it every later lookup and probe.
    private void maintain() {
        try {
            services.maintain();
        } catch (RuntimeException | Error failure) {
            LOG.warn("Maintenance of the services failed; the next run follows in a second", failure);
        }
    }

    /** Returns the services that are called. */
    public ServiceRegistry services() {
        return services;
    }

    /** Returns a builder of connections with this library's defaults. */
    public static PoolingHttpClientConnectionManagerBuilder connections() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy(new LazyTls())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setTimeToLive(MAX_CONNECTION_AGE)
                        .build());
    }

    /** HttpClient's default TLS strategy, made with the first TLS connection: it reads the JVM's trust store. */
    private static final class LazyTls implements TlsSocketStrategy {

        private static final class Holder {
            static final TlsSocketStrategy DEFAULT = DefaultClientTlsStrategy.createDefault();
        }

        @Override
        public SSLSocket upgrade(Socket socket, String target, int port, Object attachment, HttpContext context)
                throws IOException {
            return Holder.DEFAULT.upgrade(socket, target, port, attachment, context);
        }
    }

    /** As {@code DiscoveryClient.configure}. */
    public void configure(
            HttpClientBuilder builder,
            PoolingHttpClientConnectionManagerBuilder connections,
            UnaryOperator<ServiceSettings> settings) {
        PoolingHttpClientConnectionManager otherHosts = connections.build();
        connections
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .responseOutOfOrderStrategy(Exchange.earlyResponses())
                        .build());
        EndpointConnections pools = new EndpointConnections(
                service -> pool(connections, tlsTimeout(service, settings)), otherHosts, services::remove);
        services.add(pools);
        builder.setConnectionManager(pools)
                .setConnectionManagerShared(false)
                .disableAutomaticRetries()
                .addExecInterceptorBefore(
                        ChainElement.PROTOCOL.name(),
                        FailoverInterceptor.NAME,
                        new FailoverInterceptor(services, pools, settings, calls));
    }

    private Timeout tlsTimeout(String service, UnaryOperator<ServiceSettings> settings) {
        return Timeout.of(settings.apply(services.settings(service)).tlsHandshakeTimeout());
    }

    // The builder is changed for each pool, by one thread at a time.
    private static PoolingHttpClientConnectionManager pool(
            PoolingHttpClientConnectionManagerBuilder connections, Timeout tlsTimeout) {
        synchronized (connections) {
            return connections
                    .setDefaultTlsConfig(
                            TlsConfig.custom().setHandshakeTimeout(tlsTimeout).build())
                    .build();
        }
    }

    /** As {@code DiscoveryClient.requireConfigured}. */
    public static void requireConfigured(HttpClient client) {
        String url = "http://" + FailoverInterceptor.SELF_TEST_HOST + "/";
        try {
            boolean passed = client.execute(
                    new HttpGet(url), response -> response.containsHeader(FailoverInterceptor.SELF_TEST_PASSED));
            if (!passed) {
                throw new IllegalStateException(NOT_CONFIGURED);
            }
        } catch (IOException sent) {
            throw new IllegalStateException(NOT_CONFIGURED, sent);
        }
    }

    /** As {@code DiscoveryClient.close}. */
    public void close() {
        services.close();
    }
}
