package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.test.Backend;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.security.auth.x500.X500Principal;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointConnectionsTest {

    private static final Timeout SECOND = Timeout.ofSeconds(1);

    private final Backend backend = Backend.start();
    private final Endpoint endpoint =
            new Endpoint(backend.address().getAddress(), backend.address().getPort());
    private final AtomicInteger closes = new AtomicInteger();
    private final EndpointConnections connections = new EndpointConnections(
            service -> pool(),
            PoolingHttpClientConnectionManagerBuilder.create().build(),
            all -> closes.incrementAndGet());

    private static PoolingHttpClientConnectionManager pool() {
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .setMaxConnTotal(Integer.MAX_VALUE)
                .build();
    }

    @AfterEach
    void stop() {
        connections.close();
        backend.close();
    }

    private HttpRoute route() {
        return connections.routeTo("stock", endpoint, false);
    }

    private ConnectionEndpoint lease(HttpRoute route, @Nullable Object state) throws Exception {
        return connections.lease("id", route, SECOND, state).get(SECOND);
    }

    /** Returns a leased connection to the backend that is open. */
    private EndpointConnection connected() throws Exception {
        ConnectionEndpoint leased = lease(route(), null);
        if (!leased.isConnected()) {
            connections.connect(leased, SECOND, HttpClientContext.create());
        }
        return (EndpointConnection) leased;
    }

    private void release(ConnectionEndpoint leased) {
        connections.release(leased, null, TimeValue.ofSeconds(5));
    }

    private void awaitConnections(int number) {
        Load.await(() -> backend.connections() == number, "not " + number + " connections");
    }

    @Test
    void hasOneRoutePerServiceEndpointAndScheme() {
        Endpoint other = new Endpoint(endpoint.address(), endpoint.port() == 1 ? 2 : 1);
        Set<HttpRoute> routes = new HashSet<>(List.of(
                connections.routeTo("stock", endpoint, false),
                connections.routeTo("stock", endpoint, true),
                connections.routeTo("stock", other, false),
                connections.routeTo("signals", endpoint, false)));

        assertThat(routes).hasSize(4).contains(route());
        assertThat(route().getTargetHost().getHostName())
                .isEqualTo(endpoint.address().getHostAddress());
        assertThat(route().getTargetName().getHostName()).isEqualTo("stock");
    }

    @Test
    void leasesConnectionsToOtherHostsFromTheirOwnPool() throws Exception {
        ConnectionEndpoint leased = lease(new HttpRoute(new HttpHost("example.com", 80)), null);

        assertThat(leased).isNotInstanceOf(EndpointConnection.class);
        connections.release(leased, null, TimeValue.ZERO_MILLISECONDS);
    }

    @Test
    void neverLeasesAConnectionToARemovedEndpointFromThePoolOfOtherHosts() {
        HttpRoute route = route();
        connections.closeRemoved("stock", endpoint);

        assertThatIllegalStateException().isThrownBy(() -> lease(route, null));
    }

    @Test
    void leasesConnectionsToAnEndpointThatReturns() throws Exception {
        release(connected());
        connections.closeRemoved("stock", endpoint);

        assertThat(connected().kept()).isFalse();
        awaitConnections(1);
    }

    @Test
    void keepsAConnectionThatIsReleased() throws Exception {
        release(connected());

        assertThat(connected().kept()).isTrue();
    }

    @Test
    void doesNotKeepAConnectionThatMustNotBeUsedAgain() throws Exception {
        EndpointConnection leased = connected();
        leased.doNotReuse();
        release(leased);

        assertThat(connected().kept()).isFalse();
    }

    @Test
    void neverLetsALeaseWait() throws Exception {
        List<ConnectionEndpoint> leased = new ArrayList<>();
        for (int lease = 0; lease < 600; lease++) {
            leased.add(lease(route(), null));
        }

        assertThat(leased).hasSize(600);
    }

    @Test
    void closesIdleConnectionsAndNoneInUse() throws Exception {
        ConnectionEndpoint inUse = connected();
        release(connected());
        awaitConnections(2);

        connections.closeIdle("stock", endpoint);

        awaitConnections(1);
        assertThat(inUse.isConnected()).isTrue();
    }

    @Test
    void closesTheConnectionsOfARemovedEndpointAndTheOneInUseWhenItIsReleased() throws Exception {
        ConnectionEndpoint inUse = connected();
        release(connected());
        awaitConnections(2);

        connections.closeRemoved("stock", endpoint);
        awaitConnections(1);
        assertThat(inUse.isConnected()).isTrue();

        release(inUse);
        awaitConnections(0);
    }

    @Test
    void closesAllConnectionsOfAServiceAndNoneOfAnother() throws Exception {
        release(connected());
        ConnectionEndpoint other = lease(connections.routeTo("signals", endpoint, false), null);
        connections.connect(other, SECOND, HttpClientContext.create());
        release(other);
        awaitConnections(2);

        connections.closeAll("stock");

        awaitConnections(1);
    }

    @Test
    void closesAConnectionWhoseKeepAliveHasPassed() throws Exception {
        connections.release(connected(), null, TimeValue.ofMilliseconds(50));

        Load.await(
                () -> {
                    connections.closeExpired();
                    return backend.connections() == 0;
                },
                "the connection is still open");
    }

    @Test
    void closesIdleConnectionsAtOnceAndLeasedOnesWhenTheyAreReleased() throws Exception {
        ConnectionEndpoint inUse = connected();
        release(connected());
        awaitConnections(2);

        connections.close();
        awaitConnections(1);
        release(inUse);
        awaitConnections(0);

        assertThat(closes).hasPositiveValue();
    }

    @Test
    void sharesConnectionsWithAClientCertificateAndNoneThatBelongsToAUser() throws Exception {
        connections.release(connected(), new X500Principal("CN=signal-service"), TimeValue.ofSeconds(5));
        EndpointConnection shared = connected();
        assertThat(shared.kept()).isTrue();

        connections.release(shared, "user", TimeValue.ofSeconds(5));
        assertThat(lease(route(), "other user").isConnected()).isFalse();
    }

    @Test
    void closesAnAbortedConnectionAtOnce() throws Exception {
        EndpointConnection leased = connected();
        awaitConnections(1);

        leased.abort();

        awaitConnections(0);
        assertThat(leased.reusable()).isFalse();
        release(leased);
    }
}
