package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryException;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;

class ClosingTest {

    private static String get(DiscoveryClient client) throws IOException {
        return Fleet.send(client.httpClient(), new HttpGet(Fleet.URL + "/api")).body();
    }

    private static String outcome(DiscoveryClient client) {
        try {
            return get(client);
        } catch (IOException failure) {
            return failure.getClass().getSimpleName();
        }
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("discovery-scheduler"))
                .collect(Collectors.toSet());
    }

    @Test
    void callsInFlightCompleteAndFurtherOnesAreRejected() throws Exception {
        try (Fleet fleet = Fleet.of(1)) {
            Backend slow = fleet.backend(0);
            slow.behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(300)));
            Set<Thread> others = threads();
            DiscoveryClient client = fleet.builder().build();
            CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> outcome(client));
            Load.await(() -> slow.connections() == 1, "the call is not in flight");
            Set<Thread> threads = threads();
            threads.removeAll(others);
            assertThat(threads).isNotEmpty();

            client.close();

            assertThat(inFlight.get(10, TimeUnit.SECONDS)).isEqualTo("late");
            assertThatExceptionOfType(DiscoveryException.Rejected.class)
                    .isThrownBy(() -> get(client))
                    .withMessage("stock-service.trading-platform.local was not called: the client is closed");
            assertThat(client.serves(URI.create(Fleet.URL))).isFalse();
            assertThat(client.endpoints(Fleet.SERVICE)).isEmpty();
            Load.await(() -> slow.connections() == 0, "the connection is still open");
            assertThat(slow.accepted()).isOne();
            Load.await(() -> threads.stream().noneMatch(Thread::isAlive), "the threads have not ended");
        }
    }

    @Test
    void callsInFlightEndAtTheirDeadline() throws Exception {
        try (Fleet fleet = Fleet.of(1)) {
            Backend endless = fleet.backend(0);
            endless.behave(BackendBehaviour.drippingHeaders(Duration.ofMillis(50)));
            CompletableFuture<String> inFlight = CompletableFuture.supplyAsync(() -> outcome(fleet.client()));
            Load.await(() -> !endless.executed().isEmpty(), "the call is not in flight");

            fleet.client().close();

            assertThat(inFlight.get(10, TimeUnit.SECONDS)).isEqualTo("DeadlineExceeded");
        }
    }

    @Test
    void aBodyInFlightIsReadToItsEnd() throws IOException {
        try (Fleet fleet = Fleet.of(1)) {
            fleet.backend(0).behave(BackendBehaviour.answeringBytes(10_000_000));
            DiscoveryClient client = fleet.builder().build();

            long length = client.httpClient().execute(new HttpGet(Fleet.URL + "/"), response -> {
                client.close();
                return (long) response.getEntity().getContent().readAllBytes().length;
            });

            assertThat(length).isEqualTo(10_000_000);
            Load.await(() -> fleet.backend(0).connections() == 0, "the connection is still open");
        }
    }

    @Test
    void idleConnectionsAreClosedAtOnce() throws IOException {
        try (Fleet fleet = Fleet.of(1)) {
            fleet.get();
            assertThat(fleet.backend(0).connections()).isOne();

            fleet.client().close();

            Load.await(() -> fleet.backend(0).connections() == 0, "the connection is still open");
        }
    }
}
