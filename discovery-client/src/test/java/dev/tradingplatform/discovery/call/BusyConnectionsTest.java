package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.testkit.Backend;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.Test;

/** All connections that one endpoint may have are taken. */
class BusyConnectionsTest {

    private static final int ALL = 256;

    @Test
    void aConnectionIsNotLostToACallerThatWasInterruptedWhileItWaitedForOne() throws Exception {
        try (Backend backend = Backend.start(InetAddress.getLoopbackAddress(), 0);
                Connections connections = new Connections(Duration.ofSeconds(1))) {
            Endpoint endpoint = new Endpoint(
                    backend.address().getAddress(), backend.address().getPort());
            PoolingHttpClientConnectionManager pool = connections.to(endpoint);
            HttpRoute route = new HttpRoute(
                    new HttpHost("http", endpoint.address(), "stock-service", endpoint.port()), null, false);
            List<ConnectionEndpoint> taken = new ArrayList<>();
            for (int lease = 0; lease < ALL; lease++) {
                taken.add(pool.lease("", route, Timeout.ofSeconds(1), null).get(Timeout.ofSeconds(1)));
            }
            HttpExchange exchange =
                    new HttpExchange(new OverdueExchanges(System::nanoTime), Duration.ofSeconds(1), System::nanoTime);
            Thread waiting = Thread.ofVirtual().start(() -> {
                try {
                    exchange.send(
                            connections,
                            endpoint,
                            ServiceRequest.get("http://stock-service/"),
                            in(Duration.ofMinutes(1)));
                } catch (InterruptedException asIntended) {
                    Thread.currentThread().interrupt();
                }
            });
            Load.await(() -> pool.getTotalStats().getPending() == 1, "nobody waits");
            waiting.interrupt();
            waiting.join();

            pool.release(taken.getFirst(), null, null);

            assertThat(exchange.send(
                            connections,
                            endpoint,
                            ServiceRequest.get("http://stock-service/"),
                            in(Duration.ofSeconds(5))))
                    .isInstanceOf(Exchanged.Answered.class);
        }
    }

    private static long in(Duration time) {
        return System.nanoTime() + time.toNanos();
    }
}
