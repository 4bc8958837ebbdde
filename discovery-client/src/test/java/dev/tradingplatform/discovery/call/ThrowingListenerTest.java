package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.EndpointState;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Scenario: whoever listens throws, though it must not. Calls are answered, and nothing is lost with it. */
class ThrowingListenerTest {

    private static final DiscoveryListener THROWING = new DiscoveryListener() {

        @Override
        public void called(ServiceName service, String outcome, Duration took) {
            throw new IllegalStateException("called");
        }

        @Override
        public void attempted(ServiceName service, Endpoint endpoint, String outcome) {
            throw new StackOverflowError("attempted");
        }

        @Override
        public void changed(ServiceName service, Endpoint endpoint, EndpointState state, String reason) {
            throw new IllegalStateException("changed");
        }

        @Override
        public void lookedUp(ServiceName service, String outcome, String problem) {
            throw new IllegalStateException("looked up");
        }
    };

    @Test
    void costsNoAnswerAndNoConnection() {
        try (Fleet fleet = Fleet.of(1);
                ServiceClient client = ServiceClient.of(
                        DiscoverySettings.inNamespace("trading-platform.local")
                                .withNameservers(
                                        "127.0.0.1:" + fleet.dns().address().getPort())
                                .withLoopback(),
                        THROWING)) {
            for (int call = 0; call < 10; call++) {
                try (ServiceResponse response = client.send(ServiceRequest.get("http://stock-service/api"))) {
                    assertThat(response.status()).isEqualTo(200);
                }
            }
            assertThat(fleet.backend(0).accepted()).isOne();
        }
    }
}
