package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.web.client.RestClient;

class ConnectionsTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private RunningShop shop;
    private RestClient stock;
    private Backend first;
    private Backend second;

    @BeforeEach
    void start() {
        first = CLOUD_MAP.backend("stock-service");
        second = CLOUD_MAP.backend("stock-service");
        shop = RunningShop.start(CLOUD_MAP.nameserver());
        stock = shop.stock();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    @Test
    void everyCallSucceedsAndEachPostRunsOnceIfOneEndpointDropsEveryPacket() {
        first.blackHole();

        List<Traffic.Outcome> outcomes = Traffic.of(200, Duration.ofMillis(20), number -> {
            if (number % 2 == 0) {
                RunningShop.get(stock);
            } else {
                RunningShop.post(stock, "order " + number);
            }
        });

        Traffic.assertNoneFailed(outcomes);
        assertThat(Traffic.slowest(outcomes)).isLessThan(Duration.ofMillis(1_500));
        assertThat(executedOrders())
                .containsExactlyInAnyOrderElementsOf(
                        orders(IntStream.range(0, 100).map(post -> 2 * post + 1)));
    }

    @Test
    void postsSucceedAndRunOnceIfServersCloseConnectionsThatAreIdleForLessThanTheirPause() {
        first.closeIdleAfter(Duration.ofMillis(150));
        second.closeIdleAfter(Duration.ofMillis(150));

        List<Traffic.Outcome> outcomes =
                Traffic.of(15, Duration.ofMillis(500), number -> RunningShop.post(stock, "order " + number));

        Traffic.assertNoneFailed(outcomes);
        assertThat(executedOrders()).containsExactlyInAnyOrderElementsOf(orders(IntStream.range(0, 15)));
    }

    @Test
    void postsSucceedAndRunOnceIfServersCloseTheirIdleConnectionsShortlyBefore() throws Exception {
        try (ScheduledExecutorService caller = Executors.newSingleThreadScheduledExecutor()) {
            for (int number = 0; number < 40; number++) {
                String order = "order " + number;
                boolean closed = number % 4 == 3;
                if (closed) {
                    first.closeIdleConnections();
                    second.closeIdleConnections();
                }
                caller.schedule(() -> RunningShop.post(stock, order), closed ? 50 : 0, TimeUnit.MILLISECONDS)
                        .get();
            }
        }

        assertThat(executedOrders()).containsExactlyInAnyOrderElementsOf(orders(IntStream.range(0, 40)));
    }

    @Test
    void noCallFailsIfOneOfThreeEndpointsAnswers503ToAll() {
        CLOUD_MAP.backend("stock-service");
        first.behave(BackendBehaviour.answering(503, "overloaded"));

        Traffic.assertNoneFailed(Traffic.atOnce(400, 40, number -> RunningShop.get(stock)));

        assertThat(first.received()).isNotEmpty();
    }

    private List<String> executedOrders() {
        return Stream.of(first, second)
                .flatMap(backend -> backend.executed().stream())
                .filter(request -> request.method().equals("POST"))
                .map(BackendRequest::body)
                .toList();
    }

    private static List<String> orders(IntStream numbers) {
        return numbers.mapToObj(number -> "order " + number).toList();
    }
}
