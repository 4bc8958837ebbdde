package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static ServiceClient clientOf(Fleet fleet) {
        return ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
                .withNameservers("127.0.0.1:" + fleet.dns().address().getPort())
                .withLoopback()
                .withCalls(CallPolicy.withDeadline(Duration.ofSeconds(10))));
    }

    private static String get(ServiceClient client) {
        try (ServiceResponse response = client.send(ServiceRequest.get("http://stock-service/api"))) {
            return response.text();
        }
    }

    private static Set<Thread> clocks() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("discovery-clock"))
                .collect(Collectors.toSet());
    }

    @Test
    void letsCallsUnderWayFinishAndTakesNoOthers() throws Exception {
        try (Fleet fleet = Fleet.of(1)) {
            Backend slow = fleet.backend(0);
            slow.behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(300)));
            Set<Thread> others = clocks();
            ServiceClient client = clientOf(fleet);
            Set<Thread> clocks = clocks();
            clocks.removeAll(others);
            assertThat(clocks).isNotEmpty();
            CompletableFuture<String> underWay = CompletableFuture.supplyAsync(() -> get(client));
            Load.await(() -> slow.connections() == 1, "not under way");

            client.close();

            assertThat(underWay.get(10, TimeUnit.SECONDS)).isEqualTo("late");
            assertThatExceptionOfType(ServiceCallException.Rejected.class)
                    .isThrownBy(() -> get(client))
                    .withMessage("stock-service.trading-platform.local was not called: the client is closed");
            Load.await(() -> slow.connections() == 0, "its connection is kept");
            assertThat(slow.accepted()).isOne();
            Load.await(() -> clocks.stream().noneMatch(Thread::isAlive), "its threads go on");
        }
    }

    @Test
    void endsCallsUnderWayAtTheirDeadlineAllTheSame() throws Exception {
        try (Fleet fleet = Fleet.of(1)) {
            Backend endless = fleet.backend(0);
            endless.behave(BackendBehaviour.drippingHeaders(Duration.ofMillis(50)));
            CompletableFuture<String> underWay = CompletableFuture.supplyAsync(fleet::get);
            Load.await(() -> !endless.executed().isEmpty(), "not under way");

            fleet.client().close();

            assertThat(underWay.handle((_, failure) -> failure.getCause()).get(10, TimeUnit.SECONDS))
                    .isInstanceOf(ServiceCallException.class);
        }
    }

    @Test
    void hasNoConnectionWhereTheEndpointLeavesAtThatMoment() throws Exception {
        Connections connections = new Connections(SECOND);
        HttpExchange exchange = new HttpExchange(new OverdueExchanges(System::nanoTime), SECOND, System::nanoTime);
        try (connections;
                Backend backend = Backend.start(InetAddress.getLoopbackAddress(), 0)) {
            Endpoint endpoint = new Endpoint(
                    backend.address().getAddress(), backend.address().getPort());
            connections.to(endpoint).close(CloseMode.GRACEFUL);

            assertThat(exchange.send(
                            connections,
                            endpoint,
                            ServiceRequest.get("http://stock-service/"),
                            System.nanoTime() + SECOND.toNanos()))
                    .isInstanceOf(Exchanged.NoConnection.class);
            assertThat(backend.accepted()).isZero();
        }
    }
}
