package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.cloud.client.ServiceInstance;
import org.springframework.cloud.client.discovery.DiscoveryClient;

class SpringCloudTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private static RunningShop shop;

    private Backend first;
    private Backend second;

    @BeforeAll
    static void start() {
        shop = RunningShop.start(CLOUD_MAP.nameserver());
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    static Stream<String> textsThatNameNoService() {
        return Stream.of(
                "no-such-service",
                "",
                "  ",
                "a b",
                "a..b",
                "_x",
                "ümlaut",
                "-",
                "http://stock-service/quotes",
                "stock-service:80",
                "stock-service.example.com",
                "x".repeat(300),
                "${unset}",
                "UPPER",
                "10.0.0.1");
    }

    @BeforeEach
    void registerTwoInstances() {
        first = CLOUD_MAP.backend("stock-service");
        second = CLOUD_MAP.backend("stock-service");
    }

    @ParameterizedTest
    @MethodSource("textsThatNameNoService")
    void thereAreNoInstancesOfATextThatNamesNoService(String text) {
        assertThat(discovery().getInstances(text)).isEmpty();
    }

    @Test
    void thereAreNoInstancesOfAServiceWhoseAnswerIsEmpty() {
        CLOUD_MAP.backend("blue.green-service"); // green-service exists and has no records

        assertThat(discovery().getInstances("green-service")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stock-service", "STOCK-SERVICE"})
    void thereAreTwoInstancesOfAServiceInLowerAndInUpperCase(String text) {
        try (RunningShop fresh = RunningShop.start(CLOUD_MAP.nameserver())) {
            List<ServiceInstance> instances =
                    fresh.context().getBean(DiscoveryClient.class).getInstances(text);

            assertThat(instances)
                    .extracting(instance -> instance.getHost() + ":" + instance.getPort())
                    .containsExactlyInAnyOrder(first.name(), second.name());
            assertThat(instances).extracting(ServiceInstance::getServiceId).containsOnly(text);
        }
    }

    private static DiscoveryClient discovery() {
        return shop.context().getBean(DiscoveryClient.class);
    }
}
