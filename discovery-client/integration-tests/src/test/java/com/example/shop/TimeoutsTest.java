package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

class TimeoutsTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private RunningShop shop;

    private RestClient stock(String... properties) {
        shop = RunningShop.start(CLOUD_MAP.nameserver(), properties);
        return shop.stock();
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private static List<Backend> endpoints(int number, BackendBehaviour behaviour) {
        return IntStream.range(0, number)
                .mapToObj(each -> CLOUD_MAP.backend("stock-service").behave(behaviour))
                .toList();
    }

    @Test
    void sixHundredCallersAtOnceSucceedIfEachResponseTakesASecond() {
        endpoints(2, BackendBehaviour.answering(200, "slow").after(Duration.ofSeconds(1)));
        RestClient stock = stock();

        Traffic.assertNoneFailed(Traffic.atOnce(600, 600, number -> RunningShop.get(stock)));
    }

    @Test
    void sixHundredRequestsAreInFlightAtOnce() {
        endpoints(1, BackendBehaviour.answering(200, "held").heldUntil(600, Duration.ofSeconds(20)));
        RestClient stock = stock("discovery.deadline=60s");

        List<Traffic.Outcome> outcomes = Traffic.atOnce(600, 600, number -> RunningShop.get(stock));

        Traffic.assertNoneFailed(outcomes);
        // If a limit kept a request back, the responses would be held for the whole 20 s.
        assertThat(Traffic.slowest(outcomes)).isLessThan(Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aResponseAfterFourSecondsArrivesWithinADeadlineOfTen(int number) {
        endpoints(number, BackendBehaviour.answering(200, "late").after(Duration.ofSeconds(4)));
        RestClient stock = stock();
        long begin = System.nanoTime();

        assertThat(RunningShop.get(stock)).isEqualTo("late");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(3_900), Duration.ofSeconds(7));
    }

    @Test
    void bootsReadTimeoutEndsAPostThatHasNoResponse() {
        endpoints(2, BackendBehaviour.answering(200, "late").after(Duration.ofSeconds(10)));
        RestClient stock = stock("discovery.deadline=20s", "spring.http.clients.read-timeout=1s");
        long begin = System.nanoTime();

        assertThatThrownBy(() -> RunningShop.post(stock, "order")).isInstanceOf(ResourceAccessException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(5));
    }

    @Test
    void aNameThatDoesNotExistIsAResourceAccessException() {
        stock("discovery.deadline=1s");
        RestClient none = shop.client("http://no-such-service");

        assertThatThrownBy(() -> RunningShop.get(none))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("no-such-service.trading-platform.local has no endpoint");
    }

    @Test
    void anEndpointThatRefusesIsAResourceAccessExceptionThatSaysWhatWasTried() {
        Backend refusing = CLOUD_MAP.backend("stock-service");
        refusing.refuse();
        RestClient stock = stock("discovery.deadline=1s");

        assertThatThrownBy(() -> RunningShop.get(stock))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining(refusing.name() + " refused the connection");
    }

    @Test
    void anEndpointThatNeverRespondsIsAResourceAccessExceptionThatSaysWhatWasTried() {
        Backend silent = endpoints(1, BackendBehaviour.silent()).getFirst();
        RestClient stock = stock("discovery.deadline=1s");

        assertThatThrownBy(() -> RunningShop.get(stock))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining(silent.name() + " did not respond");
    }

    @Test
    void anEndpointThatClosesWithoutAResponseIsAResourceAccessExceptionThatSaysWhatWasTried() {
        Backend closing =
                endpoints(1, BackendBehaviour.breakingAfterExecution()).getFirst();
        RestClient stock = stock("discovery.deadline=1s");

        assertThatThrownBy(() -> RunningShop.get(stock))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining(closing.name() + " failed");
    }
}
