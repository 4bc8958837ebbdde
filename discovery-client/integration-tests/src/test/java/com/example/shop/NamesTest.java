package com.example.shop;

import static com.example.shop.RunningShop.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private static RunningShop shop;

    @BeforeAll
    static void start() {
        shop = RunningShop.start(CLOUD_MAP.nameserver());
    }

    @AfterAll
    static void stop() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({
        "http://my_service, my_service",
        "http://my_service.trading-platform.local, my_service",
        "http://_http._tcp.stock-service.trading-platform.local, _http._tcp.stock-service",
        "http://stock-service.trading-platform.local., stock-service",
        "HTTP://stock-service, stock-service",
        "http://STOCK-SERVICE, stock-service",
        "http://Stock-Service.Trading-Platform.Local, stock-service",
        "http://blue.stock-service.trading-platform.local, blue.stock-service"
    })
    void everyFormOfANameIsLookedUpInTheNamespaceAndCalled(String url, String service) {
        Backend backend = CLOUD_MAP.backend(service);

        String answer = get(shop.client(url));

        assertThat(answer).isEqualTo(backend.name());
        assertThat(backend.received()).hasSize(1);
        CLOUD_MAP.deregister(backend);
    }

    @Test
    void servicesInTwoNamespacesAreCalledAndAShortNameIsLookedUpInTheFirst() {
        CloudMap payments = CloudMap.of(CloudMapNamespace.of("payments.internal.local"));
        CLOUD_MAP.dns().handler(CLOUD_MAP.cloudMap().orElse(payments));
        Backend inFirst = CLOUD_MAP.backend("billing");
        try (Backend inSecond = Backend.start();
                RunningShop both = RunningShop.start(
                        CLOUD_MAP.nameserver(), "discovery.namespace=trading-platform.local,payments.internal.local")) {
            payments.register(
                    "billing",
                    "1",
                    inSecond.address().getAddress(),
                    inSecond.address().getPort());

            assertThat(get(both.client("http://billing.payments.internal.local")))
                    .isEqualTo(inSecond.name());
            assertThat(get(both.client("http://billing.trading-platform.local")))
                    .isEqualTo(inFirst.name());
            assertThat(get(both.client("http://billing"))).isEqualTo(inFirst.name());
        }
    }

    @Test
    void localhostIsCalledWithoutAQuery() {
        try (Backend backend = Backend.start()) {
            int port = backend.address().getPort();

            assertThat(get(shop.client("http://localhost:" + port))).isEqualTo(backend.name());
            assertThat(CLOUD_MAP.dns().queries().latest())
                    .noneMatch(query -> query.name().contains("localhost"));
        }
    }
}
