package dev.tradingplatform.discovery.spring;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.ServiceSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.cookie.StandardCookieSpec;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Builds the request factories of all of Boot's blocking HTTP clients: for hosts that are not services with the builder
 * that the application or Boot defines, for services with an Apache HttpClient that resolves their names.
 *
 * <p>The settings of a factory apply to both. A timeout or an SSL bundle that one client has of its own (a group of
 * HTTP interfaces, a {@code RestTemplateBuilder}), or that a customizer of the application sets, precedes the
 * properties of the service; what {@code spring.http.clients} sets for all clients does not. Safe for concurrent use.
 */
final class ServiceRequestFactoryBuilder implements ClientHttpRequestFactoryBuilder<ServiceRequestFactory> {

    private static final TimeValue MAX_CONNECTION_AGE = TimeValue.ofMinutes(5);
    private static final Set<HttpMethod> SPRINGS_METHODS = Set.of(HttpMethod.values());

    private final DiscoveryClient client;
    private final ClientHttpRequestFactoryBuilder<?> otherHosts;
    private final HttpComponentsClientHttpRequestFactoryBuilder services;
    private final HttpClientSettings usual;
    private final ServiceSslBundles bundles;
    private final Map<HttpClientSettings, ClientHttpRequestFactory> shared = new ConcurrentHashMap<>();

    /**
     * @param otherHosts builds the factory for hosts that are not services
     * @param services describes the HttpClient for services, such as its user agent and its connections
     * @param usual settings of all HTTP clients of the application
     */
    ServiceRequestFactoryBuilder(
            DiscoveryClient client,
            ClientHttpRequestFactoryBuilder<?> otherHosts,
            HttpComponentsClientHttpRequestFactoryBuilder services,
            HttpClientSettings usual,
            ServiceSslBundles bundles) {
        this.client = client;
        this.otherHosts = otherHosts;
        this.services = services.withDefaultRequestConfigCustomizer(ServiceRequestFactoryBuilder::ignoreCookies);
        this.usual = usual;
        this.bundles = bundles;
    }

    /** @throws IllegalStateException if a customizer of the application keeps calls from passing through the library */
    @Override
    public ServiceRequestFactory build(@Nullable HttpClientSettings settings) {
        HttpClientSettings given = settings == null ? HttpClientSettings.defaults() : settings;
        ClientHttpRequestFactory others = otherHosts.build(given);
        ClientHttpRequestFactory service = serviceFactory(given);
        Map<SslBundle, ClientHttpRequestFactory> byBundle = ownBundle(given)
                ? Map.of()
                : bundles.all().stream()
                        .collect(Collectors.toMap(
                                Function.identity(), bundle -> serviceFactory(given.withSslBundle(bundle))));
        Function<URI, ClientHttpRequestFactory> choice =
                uri -> client.serves(uri) ? bundles.of(uri).map(byBundle::get).orElse(service) : others;
        return new ServiceRequestFactory(choice, others);
    }

    private boolean ownBundle(HttpClientSettings settings) {
        return settings.sslBundle() != null && !settings.sslBundle().equals(usual.sslBundle());
    }

    // Boot builds a factory for each RestClient.Builder that is injected. Those with the same settings share the
    // connections to services, so that the number of clients stays bounded; but not cookies: they belong to one
    // factory.
    private ClientHttpRequestFactory serviceFactory(HttpClientSettings settings) {
        ClientHttpRequestFactory known = shared.get(settings);
        if (known != null) {
            return known;
        }
        HttpComponentsClientHttpRequestFactory factory = httpComponents(settings);
        ClientHttpRequestFactory built = withAnyMethod(factory);
        if (keepsCookies(factory.getHttpClient())) {
            return built;
        }
        ClientHttpRequestFactory first = shared.putIfAbsent(settings, built);
        return first == null ? built : first;
    }

    // The customizers are the last ones, so that nothing that the application customizes gets lost or undoes them. The
    // pool that Boot builds from the same description is replaced before it has opened a connection.
    private HttpComponentsClientHttpRequestFactory httpComponents(HttpClientSettings settings) {
        AtomicReference<ConnectionConfig> config = new AtomicReference<>(ConnectionConfig.DEFAULT);
        AtomicReference<PoolingHttpClientConnectionManagerBuilder> connections = new AtomicReference<>();
        HttpComponentsClientHttpRequestFactory factory = services.withConnectionConfigCustomizer(
                        customized -> config.set(withMaxAge(customized).build()))
                .withConnectionManagerCustomizer(connections::set)
                .withHttpClientCustomizer(http -> client.configure(
                        http,
                        Objects.requireNonNull(connections.get()),
                        service -> withOwnTimeouts(service, settings, config.get())))
                .build(settings.withTimeouts(null, null));
        client.requireConfigured(factory.getHttpClient());
        return factory;
    }

    // As the connections of DiscoveryClient itself, unless the application limits their age.
    static ConnectionConfig.Builder withMaxAge(ConnectionConfig.Builder connection) {
        return connection.build().getTimeToLive() == null ? connection.setTimeToLive(MAX_CONNECTION_AGE) : connection;
    }

    private ServiceSettings withOwnTimeouts(
            ServiceSettings service, HttpClientSettings own, ConnectionConfig customized) {
        Duration connect = own(own.connectTimeout(), usual.connectTimeout(), customized.getConnectTimeout());
        Duration read = own(own.readTimeout(), usual.readTimeout(), customized.getSocketTimeout());
        ServiceSettings changed = connect == null ? service : service.withConnectTimeout(connect);
        return read == null ? changed : changed.withReadTimeout(read);
    }

    // A connection configuration has a connect timeout also if the application set none: HttpClient's default.
    private static @Nullable Duration own(
            @Nullable Duration own, @Nullable Duration usual, @Nullable Timeout customized) {
        if (own != null && !own.equals(usual)) {
            return own;
        }
        return customized == null || customized.equals(ConnectionConfig.DEFAULT.getConnectTimeout())
                ? null
                : customized.toDuration();
    }

    // HttpClient keeps cookies unless it is told otherwise. Replicas share no sessions, and the JDK's client, which is
    // Boot's default, keeps none. A cookie specification that Boot (cookie-handling) or the application chose stays.
    private static void ignoreCookies(RequestConfig.Builder config) {
        if (config.build().getCookieSpec() == null) {
            config.setCookieSpec(StandardCookieSpec.IGNORE);
        }
    }

    private static boolean keepsCookies(HttpClient http) {
        return !(http instanceof Configurable configurable)
                || configurable.getConfig() == null
                || !StandardCookieSpec.IGNORE.equals(configurable.getConfig().getCookieSpec());
    }

    // Spring's factory throws for methods such as PURGE and QUERY, which Apache HttpClient sends.
    private static ClientHttpRequestFactory withAnyMethod(HttpComponentsClientHttpRequestFactory factory) {
        ClientHttpRequestFactory otherMethods = new HttpComponentsClientHttpRequestFactory(factory.getHttpClient()) {
            @Override
            protected ClassicHttpRequest createHttpUriRequest(HttpMethod method, URI uri) {
                return new HttpUriRequestBase(method.name(), uri);
            }
        };
        return (uri, method) -> (SPRINGS_METHODS.contains(method) ? factory : otherMethods).createRequest(uri, method);
    }
}
