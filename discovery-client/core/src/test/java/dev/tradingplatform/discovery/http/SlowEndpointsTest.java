package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.TestCertificates;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Endpoints that answer slowly, in an unusual order, or on a connection that is not in use. */
class SlowEndpointsTest {

    private Fleet fleet = Fleet.of(2);

    @AfterEach
    void stop() {
        fleet.close();
    }

    private void start(Fleet other) {
        fleet.close();
        fleet = other;
    }

    @Test
    void callsAThirdEndpointIfTheHedgedAttemptFailsFastAndTheFirstOneIsSilent() throws IOException {
        start(Fleet.of(3, settings -> settings.withDeadline(Duration.ofSeconds(3))));
        BackendBehaviour inTurn = BackendBehaviour.inTurn(
                BackendBehaviour.silent(),
                BackendBehaviour.answering(503, "no"),
                BackendBehaviour.answering(200, "third"));
        fleet.backends().forEach(backend -> backend.behave(inTurn));

        assertThat(fleet.get()).isEqualTo("third");
    }

    @Test
    void hedgesAnAttemptWhoseHeadersDrip() throws IOException {
        BackendBehaviour inTurn = BackendBehaviour.inTurn(
                BackendBehaviour.drippingHeaders(Duration.ofMillis(20)), BackendBehaviour.answering(200, "second"));
        fleet.backends().forEach(backend -> backend.behave(inTurn));

        assertThat(fleet.get()).isEqualTo("second");
    }

    @Test
    void waitsForAShortBodyThatIsSlowerThanTheHedgeDelay() throws IOException {
        start(Fleet.of(3));
        fleet.backends()
                .forEach(backend -> backend.behave(connection -> {
                    connection.execute();
                    connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n");
                    connection.pause(Duration.ofMillis(900));
                    connection.write("slow");
                    return true;
                }));

        assertThat(fleet.get()).isEqualTo("slow");
    }

    @Test
    void doesNotDeliverAResponseThatArrivedOnAnIdleConnection() throws IOException {
        start(Fleet.of(1));
        Backend backend = fleet.backend(0);
        backend.behave(connection -> {
            connection.execute();
            connection.respond(200, "first".getBytes(StandardCharsets.UTF_8));
            connection.pause(Duration.ofMillis(50));
            connection.write("HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            return false;
        });
        fleet.post("first");
        Load.await(() -> backend.connections() == 0, "the connection is still open");
        backend.behave(BackendBehaviour.answering(200, "second"));

        assertThat(fleet.post("second").body()).isEqualTo("second");
    }

    @Test
    void cancelsABodyThatAHedgedAttemptDelivers() throws Exception {
        BackendBehaviour inTurn = BackendBehaviour.inTurn(
                BackendBehaviour.silent(), BackendBehaviour.drippingBody(Duration.ofMillis(20)));
        fleet.backends().forEach(backend -> backend.behave(inTurn));
        HttpGet get = new HttpGet(Fleet.URL + "/");
        CompletableFuture<Boolean> reading = new CompletableFuture<>();
        CompletableFuture<Integer> call = CompletableFuture.supplyAsync(() ->
                Load.unchecked(() -> fleet.client().httpClient().execute(get, response -> {
                    var body = response.getEntity().getContent();
                    reading.complete(body.read() > 0);
                    return body.readNBytes(400).length;
                })));
        reading.get(10, TimeUnit.SECONDS);

        get.cancel();

        assertThat(call.handle((read, failure) -> failure == null).get(20, TimeUnit.SECONDS))
                .isFalse();
    }

    @Test
    void ejectsAnEndpointWhoseTlsHandshakeFreezes() throws Exception {
        TestCertificates authority = TestCertificates.create();
        start(Fleet.of(0));
        for (int replica = 0; replica < 2; replica++) {
            fleet.add(Backend.startTls(
                    InetAddress.getLoopbackAddress(), 0, authority.context(authority.issue(Fleet.FULL_NAME))));
        }
        try (DiscoveryClient client = fleet.builder()
                .defaults(settings ->
                        settings.withTlsHandshakeTimeout(Duration.ofSeconds(1)).withDeadline(Duration.ofSeconds(20)))
                .connections(connections ->
                        connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(authority.context())))
                .build()) {
            Backend frozen = fleet.backend(0).delayHandshake(BackendBehaviour.FOREVER);
            long slow = 0;
            long end = System.nanoTime() + Duration.ofSeconds(6).toNanos();
            while (System.nanoTime() - end < 0) {
                fleet.backend(1).closeConnections();
                long begin = System.nanoTime();
                assertThat(Fleet.send(client.httpClient(), new HttpGet("https://" + Fleet.SERVICE + "/"))
                                .body())
                        .isEqualTo(fleet.backend(1).name());
                if (System.nanoTime() - begin > Duration.ofMillis(900).toNanos()) {
                    slow++;
                }
            }
            assertThat(slow)
                    .as("calls that waited for the handshake, in 6 s; " + frozen.accepted())
                    .isLessThanOrEqualTo(2);
        }
    }
}
