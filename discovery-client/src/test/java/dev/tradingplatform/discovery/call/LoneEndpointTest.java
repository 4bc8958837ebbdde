package dev.tradingplatform.discovery.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.balance.Balancing;
import dev.tradingplatform.discovery.balance.Zone;
import dev.tradingplatform.discovery.endpoint.Endpoint;
import dev.tradingplatform.discovery.endpoint.ServiceName;
import dev.tradingplatform.discovery.resolve.Resolution;
import dev.tradingplatform.discovery.resolve.Surroundings;
import dev.tradingplatform.discovery.resolve.Target;
import dev.tradingplatform.discovery.testkit.Backend;
import dev.tradingplatform.discovery.testkit.BackendBehaviour;
import dev.tradingplatform.discovery.testkit.ManualTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The only endpoint of a service: what cannot be tried elsewhere costs nothing, and what nobody calls is let be. */
class LoneEndpointTest {

    private static final int SAVED_UP = 100;

    private final Backend backend = Backend.start(InetAddress.getLoopbackAddress(), 0);

    /** Its time stands still, so that it pays nothing in. */
    private final ManualTime time = new ManualTime();

    private Service service(CallPolicy policy) {
        Endpoint endpoint =
                new Endpoint(backend.address().getAddress(), backend.address().getPort());
        Resolution found = new Resolution.Found(List.of(new Target(endpoint, 1, 1)), true, Duration.ofHours(1), "");
        Surroundings still = new Surroundings(time, time, new Random(1), Runnable::run);
        return new Service(
                new ServiceName("stock-service.local"),
                80,
                new Service.Context(
                        (_, _) -> found,
                        new Balancing(new Zone(List.of()), Duration.ZERO),
                        DiscoverySettings.inNamespace("local").withCalls(policy),
                        DiscoveryListener.NONE,
                        still));
    }

    private String get(Service service, Duration hedgeAfter) throws InterruptedException {
        OverdueExchanges overdue = new OverdueExchanges(System::nanoTime);
        Trying trying = new Trying(
                new HttpExchange(overdue, Duration.ofSeconds(1), System::nanoTime), hedgeAfter, System::nanoTime);
        ServiceRequest request = ServiceRequest.get("http://stock-service/");
        try (ServiceResponse response = new Call(service, request, trying, System::nanoTime).run()) {
            return response.text();
        }
    }

    private static int left(Service service) {
        int left = 0;
        while (service.budget().spend()) {
            left++;
        }
        return left;
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void spendsNoBudgetOnAHedgeThatHasNowhereToGo() throws Exception {
        Service service = service(CallPolicy.DEFAULT);
        backend.behave(BackendBehaviour.answering(200, "slow").after(Duration.ofMillis(50)));

        for (int call = 0; call < 10; call++) {
            assertThat(get(service, Duration.ofMillis(5))).isEqualTo("slow");
        }

        assertThat(left(service)).isEqualTo(SAVED_UP);
    }

    @Test
    void spendsNoBudgetOnAFailoverThatHasNowhereToGo() {
        Service service = service(CallPolicy.DEFAULT);
        backend.refuse();

        // Fewer than make the service's own breaker reject calls.
        for (int call = 0; call < 8; call++) {
            assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                    .isThrownBy(() -> get(service, Duration.ZERO))
                    .withMessageContaining("no other endpoint is left");
        }

        assertThat(left(service)).isEqualTo(SAVED_UP);
    }

    @Test
    void isProbedOnlyWhileItsServiceIsInUse() {
        Service service = service(CallPolicy.DEFAULT);
        backend.refuse();
        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class)
                .isThrownBy(() -> get(service, Duration.ZERO));
        backend.open();

        time.advance(Duration.ofMinutes(6));
        service.probe();
        assertThat(service.pool().awaitingConnection())
                .as("nobody has called for 6 minutes")
                .hasSize(1);

        assertThatExceptionOfType(ServiceCallException.AttemptsExhausted.class).isThrownBy(() -> {
            backend.refuse();
            get(service, Duration.ZERO);
        });
        backend.open();
        service.probe();
        assertThat(service.pool().awaitingConnection()).isEmpty();
    }
}
