package com.example.shop;

import static com.example.shop.RunningShop.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;

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
    void endpointsWithAaaaRecordsAloneAreCalledIfIpv6IsSwitchedOn() throws IOException {
        CLOUD_MAP.register("six-service", Backend.start(InetAddress.getByName("::1"), 0));
        try (RunningShop six = RunningShop.start(CLOUD_MAP.nameserver(), "discovery.ipv6=true")) {
            assertThat(get(six.client("http://six-service"))).startsWith("[0:0:0:0:0:0:0:1]:");
        }
    }

    @Test
    void endpointsWithAaaaRecordsAloneAreAnErrorThatNamesIpv6AndTheProperty() throws IOException {
        CLOUD_MAP.register("six-service", Backend.start(InetAddress.getByName("::1"), 0));
        RestClient client = shop.client("http://six-service");

        assertThatThrownBy(() -> get(client))
                .isInstanceOf(ResourceAccessException.class)
                .hasMessageContaining("AAAA")
                .hasMessageContaining("discovery.ipv6=true");
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

    @Test
    void aHostThatTheSystemKnowsAndTheNamespaceDoesNotIsCalledAsWithoutTheLibrary(@TempDir Path directory)
            throws Exception {
        try (Backend legacy = Backend.start()) {
            OwnJvm.Result result = callLegacyHost(directory, legacy);

            assertThat(result.output()).contains("answers: [%1$s, %1$s, %1$s]".formatted(legacy.name()));
            assertThat(legacy.received()).hasSize(3).allSatisfy(request -> {
                assertThat(request.header("Host"))
                        .isEqualTo("legacy-host:" + legacy.address().getPort());
                assertThat(request.headers().keySet()).noneMatch(header -> header.startsWith("discovery-"));
            });
            assertThat(CLOUD_MAP.dns().queries().count()).isPositive();
        }
    }

    @Test
    void aHostThatIsExcludedIsCalledWithoutAQuery(@TempDir Path directory) throws Exception {
        try (Backend legacy = Backend.start()) {
            OwnJvm.Result result = callLegacyHost(directory, legacy, "discovery.excluded-hosts=legacy-host");

            assertThat(result.output()).contains("answers: [%1$s, %1$s, %1$s]".formatted(legacy.name()));
            assertThat(CLOUD_MAP.dns().queries().latest())
                    .noneMatch(query -> query.name().startsWith("legacy-host"));
        }
    }

    private static OwnJvm.Result callLegacyHost(Path directory, Backend legacy, String... properties)
            throws IOException, InterruptedException {
        Path hosts = Files.writeString(
                directory.resolve("hosts"),
                "127.0.0.1 legacy-host\n127.0.0.1 localhost\n127.0.0.1 "
                        + InetAddress.getLocalHost().getHostName() + "\n");
        return OwnJvm.of(CallingApplication.class)
                .options("-Djdk.net.hosts.file=" + hosts)
                .options("-Dcalls.url=http://legacy-host:" + legacy.address().getPort(), "-Dcalls.number=3")
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver(), properties))
                .run(Duration.ofMinutes(2));
    }
}
