package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.testkit.Backend;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionAgeTest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private final Connections keptForOneSecond = new Connections(CONNECT_TIMEOUT, Duration.ofSeconds(1));
    private final HttpExchange exchange =
            new HttpExchange(new OverdueExchanges(System::nanoTime), CONNECT_TIMEOUT, System::nanoTime);

    private void send(Backend backend) {
        Endpoint endpoint =
                new Endpoint(backend.address().getAddress(), backend.address().getPort());
        try {
            Exchanged exchanged = exchange.send(
                    keptForOneSecond,
                    endpoint,
                    ServiceRequest.get("http://stock-service/"),
                    System.nanoTime() + Duration.ofSeconds(5).toNanos());
            assertThat(exchanged).isInstanceOfSatisfying(Exchanged.Answered.class, answered -> {
                assertThat(answered.response().status()).isEqualTo(200);
                answered.response().close();
            });
        } catch (InterruptedException unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    @Test
    void replacesAConnectionOnceItIsTooOldHoweverBusyItIs() {
        try (keptForOneSecond;
                Backend backend = Backend.start(InetAddress.getLoopbackAddress(), 0)) {
            send(backend);
            long begun = System.nanoTime();
            Load.await(
                    () -> {
                        send(backend);
                        return backend.accepted() == 2;
                    },
                    "one connection for ever");

            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(900));
            assertThat(backend.executed().size()).as("requests over the first").isGreaterThan(2);
            Load.await(() -> backend.connections() == 1, "the old connection stays open");
        }
    }
}
