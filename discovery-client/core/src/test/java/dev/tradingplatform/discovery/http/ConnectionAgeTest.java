package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.test.Backend;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.api.Test;

class ConnectionAgeTest {

    @Test
    void replacesAConnectionThatIsTooOldThoughItIsInUse() throws Exception {
        ConnectionConfig oneSecond =
                ConnectionConfig.custom().setTimeToLive(TimeValue.ofSeconds(1)).build();
        try (Fleet fleet = Fleet.of(1);
                DiscoveryClient client = fleet.builder()
                        .connections(connections -> connections.setDefaultConnectionConfig(oneSecond))
                        .build()) {
            Backend backend = fleet.backend(0);
            long begin = System.nanoTime();
            while (backend.accepted() < 2) {
                assertThat(Fleet.send(client.httpClient(), new HttpGet(Fleet.URL + "/"))
                                .body())
                        .isEqualTo(backend.name());
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
            }

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
            assertThat(backend.executed())
                    .as("requests over the first connection")
                    .hasSizeGreaterThan(2);
            Load.await(() -> backend.connections() == 1, "the first connection is still open");
        }
    }
}
