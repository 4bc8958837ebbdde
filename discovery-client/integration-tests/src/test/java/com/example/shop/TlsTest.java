package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.TestCertificates;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

class TlsTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private final TestCertificates authority = TestCertificates.create();
    private String[] bundle = {};

    /** An HTTP interface whose group has an SSL bundle of its own. */
    interface Stock {
        @GetExchange("/quotes")
        String quotes();
    }

    @ImportHttpServices(group = "stock", types = Stock.class)
    static class Interfaces {}

    @BeforeEach
    void writeBundle(@TempDir Path directory) throws Exception {
        TestCertificates.Identity client = authority.issue("shop");
        Path trusted = Files.writeString(directory.resolve("ca.pem"), authority.certificatePem());
        Path certificate = Files.writeString(directory.resolve("shop.pem"), client.certificatePem());
        Path key = Files.writeString(directory.resolve("shop.key"), client.privateKeyPem());
        bundle = new String[] {
            "spring.ssl.bundle.pem.mine.truststore.certificate=" + trusted,
            "spring.ssl.bundle.pem.mine.keystore.certificate=" + certificate,
            "spring.ssl.bundle.pem.mine.keystore.private-key=" + key
        };
    }

    private String[] withBundle(String... properties) {
        return Stream.concat(Arrays.stream(bundle), Arrays.stream(properties)).toArray(String[]::new);
    }

    @Test
    void theBundleOfAllClientsHasTheClientsCertificateAndTheTrustedAuthority() {
        Backend backend = CLOUD_MAP.tlsBackend("stock-service", authority).requireClientCertificate();
        try (RunningShop shop =
                RunningShop.start(CLOUD_MAP.nameserver(), withBundle("spring.http.clients.ssl.bundle=mine"))) {
            assertThat(RunningShop.get(shop.client("https://stock-service"))).isEqualTo(backend.name());

            assertThat(backend.executed().getFirst().connection().clientName())
                    .hasValueSatisfying(name -> assertThat(name).contains("CN=shop"));
        }
    }

    @Test
    void theBundleOfAGroupAppliesToItsInterfaces() {
        Backend backend = CLOUD_MAP.tlsBackend("stock-service", authority).requireClientCertificate();
        try (RunningShop shop = RunningShop.start(
                CLOUD_MAP.nameserver(),
                List.of(Interfaces.class),
                withBundle(
                        "spring.http.serviceclient.stock.ssl.bundle=mine",
                        "spring.http.serviceclient.stock.base-url=https://stock-service"))) {
            assertThat(shop.context().getBean(Stock.class).quotes()).isEqualTo(backend.name());

            assertThat(backend.executed().getFirst().connection().clientName()).isPresent();
        }
    }

    @Test
    void theFullNameIsSentAndCheckedAlthoughTheUrlHasTheShortOne() {
        Backend backend = CLOUD_MAP.tlsBackend("stock-service", authority);
        try (RunningShop shop =
                RunningShop.start(CLOUD_MAP.nameserver(), withBundle("spring.http.clients.ssl.bundle=mine"))) {
            RunningShop.get(shop.client("https://stock-service"));

            assertThat(backend.executed().getFirst().connection().serverName())
                    .contains("stock-service.trading-platform.local");
        }
    }

    @Test
    void aCertificateOfAnotherNameIsRefused() {
        Backend other = Backend.startTls(
                InetAddress.getLoopbackAddress(),
                0,
                authority.context(authority.issue("other-service.trading-platform.local")));
        CLOUD_MAP.register("stock-service", other);
        try (RunningShop shop = RunningShop.start(
                CLOUD_MAP.nameserver(), withBundle("spring.http.clients.ssl.bundle=mine", "discovery.deadline=2s"))) {
            assertThatThrownBy(() -> RunningShop.get(shop.client("https://stock-service")))
                    .isInstanceOf(ResourceAccessException.class)
                    .hasMessageContaining("TLS");

            assertThat(other.executed()).isEmpty();
        }
    }
}
