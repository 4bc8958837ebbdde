package dev.tradingplatform.discovery.http;

import dev.tradingplatform.discovery.Endpoint;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.security.auth.x500.X500Principal;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one HttpClient: a pool for each endpoint of a service, so that its connections can be closed when
 * the endpoint is removed or restarts, and one pool for all other hosts. Pools are not shared between services, because
 * an address that leaves one service may join another. Safe for concurrent use.
 */
final class EndpointConnections implements HttpClientConnectionManager {

    /** Below the 20 s after which Tomcat closes an idle connection, so that usually the client closes it. */
    static final TimeValue MAX_IDLE = TimeValue.ofSeconds(15);

    private static final boolean[] SECURE_OR_NOT = {false, true};

    /** The route of a connection that is leased and released again without being opened (RFC 6761 §6.4). */
    private static final HttpRoute NOWHERE = new HttpRoute(new HttpHost("nowhere.invalid", 80));

    private final Function<String, PoolingHttpClientConnectionManager> poolFactory;
    private final PoolingHttpClientConnectionManager otherHosts;
    private final ConcurrentMap<Key, Pool> poolsByKey = new ConcurrentHashMap<>();
    private final ConcurrentMap<HttpRoute, Pool> poolsByRoute = new ConcurrentHashMap<>();
    private final Set<String> leasedNowhere = ConcurrentHashMap.newKeySet();
    private final Consumer<EndpointConnections> onClose;
    private volatile boolean closed;

    /** One service may be called at one endpoint with TLS and without. */
    private record Key(String service, Endpoint endpoint, boolean secure) {}

    /** Tells routes to endpoints from routes to other hosts. Its host name is the one of the certificate. */
    private record ServiceAtEndpoint(String service, int port) implements NamedEndpoint {

        @Override
        public String getHostName() {
            return service;
        }

        @Override
        public int getPort() {
            return port;
        }
    }

    /** The kept and leased connections of one endpoint. */
    static final class Pool {

        private final HttpRoute route;
        private final PoolingHttpClientConnectionManager manager;
        private volatile boolean removed;

        private Pool(HttpRoute route, PoolingHttpClientConnectionManager manager) {
            this.route = route;
            this.manager = manager;
        }

        PoolingHttpClientConnectionManager manager() {
            return manager;
        }
    }

    /**
     * Starts without connections.
     *
     * @param poolFactory makes a pool for an endpoint of the named service that never lets an attempt wait for a
     *     connection
     * @param otherHosts connections to hosts that are not services
     * @param onClose is called when these connections are closed
     */
    EndpointConnections(
            Function<String, PoolingHttpClientConnectionManager> poolFactory,
            PoolingHttpClientConnectionManager otherHosts,
            Consumer<EndpointConnections> onClose) {
        this.onClose = onClose;
        this.poolFactory = poolFactory;
        this.otherHosts = otherHosts;
    }

    /**
     * Returns the route to an endpoint. Its target is the address as text, so that HttpClient passes it through the
     * {@code DnsResolver} of the connections, where Spring Boot's address filter is.
     */
    HttpRoute routeTo(String service, Endpoint endpoint, boolean secure) {
        Key key = new Key(service, endpoint, secure);
        Pool pool = poolsByKey.get(key);
        if (pool == null) {
            pool = poolsByKey.computeIfAbsent(key, this::newPool);
        }
        return pool.route;
    }

    private Pool newPool(Key key) {
        HttpHost address = new HttpHost(
                key.secure() ? "https" : "http",
                key.endpoint().address().getHostAddress(),
                key.endpoint().port());
        NamedEndpoint name = new ServiceAtEndpoint(key.service(), key.endpoint().port());
        Pool pool = new Pool(new HttpRoute(address, name, null, key.secure()), poolFactory.apply(key.service()));
        poolsByRoute.put(pool.route, pool);
        return pool;
    }

    /** Returns whether an HttpClient takes its connections from here. Opens none. */
    boolean areThoseOf(ExecChain.Scope scope) throws IOException {
        scope.execRuntime.acquireEndpoint(scope.exchangeId, NOWHERE, null, scope.clientContext);
        scope.execRuntime.discardEndpoint();
        return leasedNowhere.remove(scope.exchangeId);
    }

    /** Closes the idle connections to an endpoint: it closed one of them, and probably all. */
    void closeIdle(String service, Endpoint endpoint) {
        for (boolean secure : SECURE_OR_NOT) {
            Pool pool = poolsByKey.get(new Key(service, endpoint, secure));
            if (pool != null) {
                pool.manager.closeIdle(TimeValue.ZERO_MILLISECONDS);
            }
        }
    }

    /** Closes all connections to a removed endpoint: the idle ones now, a leased one when it is released. */
    void closeRemoved(String service, Endpoint endpoint) {
        for (boolean secure : SECURE_OR_NOT) {
            Pool pool = poolsByKey.remove(new Key(service, endpoint, secure));
            if (pool != null) {
                pool.removed = true;
                closeUnlessLeased(pool);
            }
        }
    }

    /** Closes all connections of a service that the application no longer calls. */
    void closeAll(String service) {
        for (Key key : poolsByKey.keySet()) {
            if (key.service().equals(service)) {
                closeRemoved(service, key.endpoint());
            }
        }
    }

    private void closeUnlessLeased(Pool pool) {
        pool.manager.closeIdle(TimeValue.ZERO_MILLISECONDS);
        if (pool.manager.getTotalStats().getLeased() == 0) {
            pool.manager.close(CloseMode.GRACEFUL);
            poolsByRoute.remove(pool.route, pool);
        }
    }

    /** Closes connections that are idle for longer than they may be. To be called from time to time. */
    void closeExpired() {
        poolsByRoute.values().forEach(pool -> pool.manager.closeExpired());
        otherHosts.closeExpired();
    }

    @Override
    public LeaseRequest lease(String id, HttpRoute route, Timeout requestTimeout, @Nullable Object state) {
        if (route.equals(NOWHERE)) {
            leasedNowhere.add(id);
        }
        if (!(route.getTargetName() instanceof ServiceAtEndpoint)) {
            return otherHosts.lease(id, route, requestTimeout, state);
        }
        Pool pool = poolsByRoute.get(route);
        if (pool == null) {
            throw new IllegalStateException("The endpoint was removed between selection and use");
        }
        LeaseRequest request = pool.manager.lease(id, route, requestTimeout, exclusive(state));
        return new LeaseRequest() {
            @Override
            public ConnectionEndpoint get(Timeout timeout)
                    throws InterruptedException, ExecutionException, TimeoutException {
                return new EndpointConnection(request.get(timeout), pool);
            }

            @Override
            public boolean cancel() {
                return request.cancel();
            }
        };
    }

    @Override
    public void connect(ConnectionEndpoint endpoint, TimeValue connectTimeout, HttpContext context) throws IOException {
        if (endpoint instanceof EndpointConnection connection) {
            connection.connect(context);
        } else {
            otherHosts.connect(endpoint, connectTimeout, context);
        }
    }

    @Override
    public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
        if (endpoint instanceof EndpointConnection connection) {
            connection.upgrade(context);
        } else {
            otherHosts.upgrade(endpoint, context);
        }
    }

    @Override
    public void release(ConnectionEndpoint endpoint, @Nullable Object state, TimeValue keepAlive) {
        if (!(endpoint instanceof EndpointConnection connection)) {
            otherHosts.release(endpoint, state, keepAlive);
            return;
        }
        Pool pool = connection.pool();
        boolean keep = !closed && !pool.removed && connection.reusable();
        connection.release(exclusive(state), keep ? atMostMaxIdle(keepAlive) : null);
        if (pool.removed) {
            closeUnlessLeased(pool);
        }
    }

    // HttpClient reserves a connection with a client certificate for calls in the same context, so that each call opens
    // another one. All calls of an HttpClient have the same certificate. The state of NTLM is of another type.
    private static @Nullable Object exclusive(@Nullable Object state) {
        return state instanceof X500Principal ? null : state;
    }

    private static TimeValue atMostMaxIdle(TimeValue keepAlive) {
        return TimeValue.isNonNegative(keepAlive) && keepAlive.compareTo(MAX_IDLE) < 0 ? keepAlive : MAX_IDLE;
    }

    @Override
    public void close() {
        close(CloseMode.GRACEFUL);
    }

    /** Closes idle connections. Connections in use are closed when they are released. */
    @Override
    public void close(CloseMode mode) {
        closed = true;
        for (Key key : poolsByKey.keySet()) {
            closeRemoved(key.service(), key.endpoint());
        }
        otherHosts.close(mode);
        onClose.accept(this);
    }
}
