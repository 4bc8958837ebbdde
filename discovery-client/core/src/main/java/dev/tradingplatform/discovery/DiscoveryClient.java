package dev.tradingplatform.discovery;

import dev.tradingplatform.discovery.http.DiscoveryRuntime;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Calls services by DNS name. Makes instances of Apache HttpClient 5 that resolve service names, pick an endpoint and
 * fail over to others within one deadline:
 *
 * <pre>{@code
 * try (DiscoveryClient discovery = DiscoveryClient.builder().namespace("trading-platform.local").build()) {
 *     String body = discovery.httpClient()
 *             .execute(new HttpGet("http://stock-service/api/v1/data/TICKER_1"), new BasicHttpClientResponseHandler());
 * }
 * }</pre>
 *
 * A service name is a host without a dot, or one within a namespace. Requests to all other hosts go as HttpClient sends
 * them, without retries. A call without a response ends in a {@link DiscoveryException}. One DiscoveryClient serves a
 * whole application: all its HttpClients share what it knows of the endpoints. Safe for concurrent use; calls block,
 * and suit virtual threads.
 */
public final class DiscoveryClient implements AutoCloseable {

    private final DiscoveryRuntime runtime;
    private final Consumer<HttpClientBuilder> httpCustomizer;
    private final Consumer<PoolingHttpClientConnectionManagerBuilder> connectionsCustomizer;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable CloseableHttpClient httpClient;

    private DiscoveryClient(Builder builder) {
        this.runtime = new DiscoveryRuntime(builder.settings());
        this.httpCustomizer = builder.httpCustomizer;
        this.connectionsCustomizer = builder.connectionsCustomizer;
    }

    /** Returns a builder with the default settings. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns this client's own HttpClient, which is created with the first use and closed with this client. */
    public CloseableHttpClient httpClient() {
        CloseableHttpClient created = httpClient;
        if (created != null) {
            return created;
        }
        lock.lock();
        try {
            CloseableHttpClient known = httpClient;
            if (known != null) {
                return known;
            }
            PoolingHttpClientConnectionManagerBuilder connections = DiscoveryRuntime.connections();
            connectionsCustomizer.accept(connections);
            HttpClientBuilder builder = HttpClientBuilder.create();
            httpCustomizer.accept(builder);
            configure(builder, connections, UnaryOperator.identity());
            CloseableHttpClient client = builder.build();
            requireConfigured(client);
            httpClient = client;
            return client;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Configures a builder so that its HttpClient resolves service names. Call it after all other settings: it replaces
     * the connection manager and HttpClient's own retries.
     *
     * @param builder of the HttpClient
     * @param connections describes the connections (TLS, sockets, timeouts, DnsResolver); the client builds a pool for
     *     each endpoint from it. Concurrency policy, maximum numbers, TLS configuration (handshake timeout) and
     *     connection factory are set here; protocols and cipher suites belong in the TLS strategy
     * @param settings changes the settings of each service for the calls of this HttpClient
     */
    public void configure(
            HttpClientBuilder builder,
            PoolingHttpClientConnectionManagerBuilder connections,
            UnaryOperator<ServiceSettings> settings) {
        runtime.configure(builder, connections, settings);
    }

    /**
     * Checks that the calls of an HttpClient pass through this library. Sends nothing.
     *
     * @throws IllegalStateException if they do not: {@link #configure} was not called, or a later setting undid it
     */
    public void requireConfigured(HttpClient client) {
        DiscoveryRuntime.requireConfigured(client);
    }

    /**
     * Returns whether the host of a URI is a service name: one without a dot, or one within a namespace, and not a host
     * that is excluded or that only the system's resolver knows. Does not block for a lookup in DNS.
     */
    public boolean serves(URI uri) {
        return runtime.services().serves(uri);
    }

    /**
     * Returns the endpoints of a service that accept calls, for applications that send by other means. Looks the name
     * up if it is not known; blocks until the deadline at most.
     *
     * @param name a service name, as in a URL
     * @return empty for a name that is no service name or has no endpoints
     */
    public List<Endpoint> endpoints(String name) {
        return runtime.services().endpoints(name);
    }

    /** Returns a snapshot of every service that was called within the last minutes, by name. */
    public List<ServiceStatus> status() {
        return runtime.services().status();
    }

    /**
     * Closes idle connections and rejects calls from now on. Does not wait: calls in flight complete, each within its
     * deadline, and the threads of this client end with the last of them.
     */
    @Override
    public void close() {
        runtime.close();
    }

    /** Collects settings. Not safe for concurrent use. */
    public static final class Builder {

        private final List<String> namespaces = new ArrayList<>();
        private final List<String> nameservers = new ArrayList<>();
        private final List<String> excludedHosts = new ArrayList<>();
        private final List<String> zoneCidrs = new ArrayList<>();
        private final Map<String, UnaryOperator<ServiceSettings>> services = new HashMap<>();
        private UnaryOperator<ServiceSettings> defaults = UnaryOperator.identity();
        private boolean loopback;
        private boolean ipv6;
        private int maxRecords = DiscoveryRuntime.CLOUD_MAP_MAX_RECORDS;
        private Duration slowStart = Duration.ZERO;
        private DiscoveryListener listener = DiscoveryListener.NONE;
        private Consumer<HttpClientBuilder> httpCustomizer = unchanged -> {};
        private Consumer<PoolingHttpClientConnectionManagerBuilder> connectionsCustomizer = unchanged -> {};

        private Builder() {}

        private DiscoveryRuntime.Settings settings() {
            return new DiscoveryRuntime.Settings(
                    namespaces,
                    nameservers,
                    excludedHosts,
                    loopback,
                    ipv6,
                    maxRecords,
                    zoneCidrs,
                    slowStart,
                    defaults,
                    services,
                    listener);
        }

        /**
         * Sets the DNS namespaces, such as {@code trading-platform.local}. Names within them are service names; a name
         * without a dot is looked up in the first one. Required.
         */
        public Builder namespace(String first, String... others) {
            namespaces.clear();
            namespaces.add(first);
            namespaces.addAll(List.of(others));
            return this;
        }

        /**
         * Sets the nameservers: IP addresses, each with a port if it is not 53. Default: those of
         * {@code /etc/resolv.conf}, read again for each lookup.
         */
        public Builder nameservers(Collection<String> addresses) {
            nameservers.clear();
            nameservers.addAll(addresses);
            return this;
        }

        /** Sets hosts that are never service names, as in a URL. Default: none. */
        public Builder excludedHosts(Collection<String> hosts) {
            excludedHosts.clear();
            excludedHosts.addAll(hosts);
            return this;
        }

        /** Sets whether DNS answers may contain loopback addresses. Default: false. */
        public Builder loopback(boolean allowed) {
            loopback = allowed;
            return this;
        }

        /** Sets whether AAAA records are queried as well. Default: false. */
        public Builder ipv6(boolean queried) {
            ipv6 = queried;
            return this;
        }

        /**
         * Sets the maximum number of records in a DNS answer: an answer with fewer lists all instances. Default: 8, the
         * limit of Cloud Map.
         */
        public Builder maxRecords(int records) {
            maxRecords = records;
            return this;
        }

        /**
         * Sets the address ranges of this client's own availability zone, such as {@code 10.0.1.0/24}. Default: on ECS
         * the subnet of the task, otherwise none.
         */
        public Builder zoneCidrs(Collection<String> ranges) {
            zoneCidrs.clear();
            zoneCidrs.addAll(ranges);
            return this;
        }

        /** Sets the time in which an endpoint that joins later reaches its full share. Default: zero. */
        public Builder slowStart(Duration duration) {
            slowStart = duration;
            return this;
        }

        /** Changes the settings of all services. */
        public Builder defaults(UnaryOperator<ServiceSettings> change) {
            defaults = change;
            return this;
        }

        /**
         * Changes the settings of one service, starting from those of all services.
         *
         * @param name a service name, as in a URL
         */
        public Builder service(String name, UnaryOperator<ServiceSettings> change) {
            services.put(name, change);
            return this;
        }

        /** Sets a listener for events. Default: none. */
        public Builder listener(DiscoveryListener receiver) {
            listener = receiver;
            return this;
        }

        /** Customizes the client that {@link DiscoveryClient#httpClient()} returns. */
        public Builder httpClient(Consumer<HttpClientBuilder> customizer) {
            httpCustomizer = httpCustomizer.andThen(customizer);
            return this;
        }

        /** Customizes the connections of the client that {@link DiscoveryClient#httpClient()} returns, such as TLS. */
        public Builder connections(Consumer<PoolingHttpClientConnectionManagerBuilder> customizer) {
            connectionsCustomizer = connectionsCustomizer.andThen(customizer);
            return this;
        }

        /**
         * Creates the client. Nothing is looked up before the first call.
         *
         * @throws IllegalArgumentException if a value cannot be used; the message names it and what is expected
         */
        public DiscoveryClient build() {
            return new DiscoveryClient(this);
        }
    }
}
