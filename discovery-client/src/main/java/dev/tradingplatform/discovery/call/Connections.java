package dev.tradingplatform.discovery.call;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * One service's connections: a pool of kept ones for each endpoint, so that one endpoint's can be closed when it
 * leaves. Not shared between services, for an address that leaves one may belong to another by then. Connections in use
 * are closed when they come back, never under whoever uses them. Thread-safe.
 */
final class Connections implements AutoCloseable {

    /** Far more than one Fargate task serves at once; a bound against running out of ports. */
    private static final int MOST_PER_ENDPOINT = 256;

    /** Below what servers keep an idle connection (Tomcat: 20 s), so that the client is the one who closes it. */
    private static final Duration LONGEST_IDLE = Duration.ofSeconds(15);

    /** However busy, a connection ends some time, so that no state of the network outlives its cause for ever. */
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    /** For a handshake it takes the process and not only its kernel, and a process may pause to collect its garbage. */
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(1);

    private static final Duration CHECKED_AFTER = Duration.ofSeconds(1);

    private final ConcurrentMap<Endpoint, PoolingHttpClientConnectionManager> pools = new ConcurrentHashMap<>();
    private final TlsHandshake tls = TlsHandshake.usual();
    private final Set<PoolingHttpClientConnectionManager> leaving = ConcurrentHashMap.newKeySet();
    private final Duration connectTimeout;
    private final Duration longestLife;
    private volatile boolean closed;

    Connections(Duration connectTimeout) {
        this(connectTimeout, LONGEST_LIFE);
    }

    /** @param longestLife after which a connection is not used again */
    Connections(Duration connectTimeout, Duration longestLife) {
        this.connectTimeout = connectTimeout;
        this.longestLife = longestLife;
    }

    PoolingHttpClientConnectionManager to(Endpoint endpoint) {
        return pools.computeIfAbsent(endpoint, _ -> newPool());
    }

    private PoolingHttpClientConnectionManager newPool() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(MOST_PER_ENDPOINT)
                .setMaxConnTotal(MOST_PER_ENDPOINT)
                .setTlsSocketStrategy(tls)
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setHandshakeTimeout(Timeout.of(HANDSHAKE_TIMEOUT))
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(connectTimeout))
                        .setValidateAfterInactivity(TimeValue.of(CHECKED_AFTER))
                        .setTimeToLive(TimeValue.of(longestLife))
                        .build())
                .build();
    }

    /** Whether a connection can be made; it is closed again at once. */
    boolean reachable(Endpoint endpoint) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.address(), endpoint.port()), (int) connectTimeout.toMillis());
            return true;
        } catch (IOException unreachable) {
            return false;
        }
    }

    void closeIdle() {
        pools.values().forEach(pool -> pool.closeIdle(TimeValue.of(LONGEST_IDLE)));
    }

    /** Whether a connection that comes back may be used again. */
    boolean keeps(PoolingHttpClientConnectionManager pool) {
        return !closed && !leaving.contains(pool);
    }

    /** To be called from time to time, with those that have left lately: the last one back may take a while. */
    void closeAllTo(Collection<Endpoint> endpoints) {
        for (Endpoint endpoint : endpoints) {
            PoolingHttpClientConnectionManager pool = pools.remove(endpoint);
            if (pool != null) {
                leaving.add(pool);
            }
        }
        leaving.removeIf(Connections::closedUnlessInUse);
    }

    private static boolean closedUnlessInUse(PoolingHttpClientConnectionManager pool) {
        pool.closeIdle(TimeValue.ZERO_MILLISECONDS);
        boolean unused = pool.getTotalStats().getLeased() == 0;
        if (unused) {
            pool.close(CloseMode.GRACEFUL);
        }
        return unused;
    }

    /** Keeps none from now on; those who are at it may still get and use connections. */
    @Override
    public void close() {
        closed = true;
        pools.values().forEach(pool -> pool.closeIdle(TimeValue.ZERO_MILLISECONDS));
        closeAllTo(List.of());
    }
}
