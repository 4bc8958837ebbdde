package dev.tradingplatform.discovery;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/** Signatures only; the implementation follows. */
public final class DiscoveryClient implements AutoCloseable {

    private DiscoveryClient() {}

    /** Starts a builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the client's own HttpClient, made on first use. */
    public CloseableHttpClient httpClient() {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes the client that the builder will build resolve service names. Call it after all other settings.
     *
     * @param connections describes the connections, TLS included; the library builds a pool for each endpoint from it
     */
    public void configure(HttpClientBuilder builder, PoolingHttpClientConnectionManagerBuilder connections) {
        throw new UnsupportedOperationException();
    }

    /** @throws IllegalStateException if calls of this client do not pass through the library */
    public void requireConfigured(HttpClient client) {
        throw new UnsupportedOperationException();
    }

    /** Returns whether the host of a URI is a service name. */
    public boolean serves(URI uri) {
        throw new UnsupportedOperationException();
    }

    /** Returns the endpoints that accept calls; empty if the name is none or has none. */
    public List<Endpoint> endpoints(String name) {
        throw new UnsupportedOperationException();
    }

    /** Returns what is known of every service called so far. */
    public List<ServiceStatus> status() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }

    /** Builds a {@link DiscoveryClient}. */
    public static final class Builder {

        private Builder() {}

        /** The namespaces; a name without a dot is looked up in the first one. At least one. */
        public Builder namespace(String first, String... others) {
            return this;
        }

        /** IP addresses, each with a port if it is not 53; without any, those of /etc/resolv.conf. */
        public Builder nameservers(Collection<String> nameservers) {
            return this;
        }

        /** Hosts that are never treated as service names. */
        public Builder excludedHosts(Collection<String> hosts) {
            return this;
        }

        /** Whether answers may contain loopback addresses. */
        public Builder loopback(boolean allowed) {
            return this;
        }

        /** Whether AAAA records are queried as well. */
        public Builder ipv6(boolean wanted) {
            return this;
        }

        /** The number of records in an answer from which it may be partial; Cloud Map: 8. */
        public Builder maxRecords(int records) {
            return this;
        }

        /** Address ranges of the own availability zone. */
        public Builder zoneCidrs(Collection<String> ranges) {
            return this;
        }

        /** Time in which an endpoint that joins later reaches its full share. */
        public Builder slowStart(Duration duration) {
            return this;
        }

        /** Changes the settings of all services. */
        public Builder defaults(UnaryOperator<ServiceSettings> change) {
            return this;
        }

        /** Changes the settings of one service, starting from those of all services. */
        public Builder service(String name, UnaryOperator<ServiceSettings> change) {
            return this;
        }

        /** Receives events. */
        public Builder listener(DiscoveryListener listener) {
            return this;
        }

        /** Customizes the client that {@link DiscoveryClient#httpClient()} returns. */
        public Builder httpClient(Consumer<HttpClientBuilder> customizer) {
            return this;
        }

        /** Customizes the connections of the client that {@link DiscoveryClient#httpClient()} returns. */
        public Builder connections(Consumer<PoolingHttpClientConnectionManagerBuilder> customizer) {
            return this;
        }

        /** @throws IllegalArgumentException if a value cannot be used; the message names it */
        public DiscoveryClient build() {
            throw new UnsupportedOperationException();
        }
    }
}
