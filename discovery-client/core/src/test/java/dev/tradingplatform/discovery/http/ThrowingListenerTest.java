package dev.tradingplatform.discovery.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.DiscoveryListener;
import dev.tradingplatform.discovery.Endpoint;
import dev.tradingplatform.discovery.EndpointState;
import java.io.IOException;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.junit.jupiter.api.Test;

/** A listener that throws, though it must not. */
class ThrowingListenerTest {

    private static final DiscoveryListener THROWING = new DiscoveryListener() {

        @Override
        public void onCall(String service, String outcome, Duration duration) {
            throw new IllegalStateException("call");
        }

        @Override
        public void onAttempt(String service, Endpoint endpoint, String outcome, boolean hedged) {
            throw new StackOverflowError("attempt");
        }

        @Override
        public void onEndpointChange(String service, Endpoint endpoint, EndpointState state, String reason) {
            throw new IllegalStateException("endpoint change");
        }

        @Override
        public void onLookup(String service, String outcome, String warning) {
            throw new IllegalStateException("lookup");
        }
    };

    @Test
    void costsNoResponseAndNoConnection() throws IOException {
        try (Fleet fleet = Fleet.of(1);
                DiscoveryClient client = fleet.builder().listener(THROWING).build()) {
            for (int call = 0; call < 10; call++) {
                assertThat(Fleet.send(client.httpClient(), new HttpGet(Fleet.URL + "/api"))
                                .status())
                        .isEqualTo(200);
            }
            assertThat(fleet.backend(0).accepted()).isOne();
        }
    }
}
