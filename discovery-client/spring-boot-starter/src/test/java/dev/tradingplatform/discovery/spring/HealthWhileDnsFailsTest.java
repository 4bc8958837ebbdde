package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsFault;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.xbill.DNS.Rcode;

/** DNS fails while the endpoints work: calls continue, and the actuator shows the reason. */
class HealthWhileDnsFailsTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(
            CloudMapNamespace.of("trading-platform.local").withTtl(Duration.ofSeconds(1)));

    static Arguments[] faults() {
        return new Arguments[] {
            Arguments.of("answers SERVFAIL", DnsFault.rcode(Rcode.SERVFAIL), "SERVFAIL"),
            Arguments.of("does not answer", DnsFault.silence(), "no answer within"),
            Arguments.of("answers NXDOMAIN", DnsFault.rcode(Rcode.NXDOMAIN), "NXDOMAIN")
        };
    }

    private static void awaitActuator(TestApplication application, String path, String... texts) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(application.actuator(path)).contains(texts));
    }

    @ParameterizedTest(name = "DNS {0}")
    @MethodSource("faults")
    void showsThatEndpointsAreStaleAndTheReasonUntilDnsAnswersAgain(String how, DnsFault fault, String words)
            throws Exception {
        Backend backend = CLOUD_MAP.backend("stock-service");
        try (TestApplication application = TestApplication.start(CLOUD_MAP, Object.class)) {
            RestClient stock = application.restClient("http://stock-service");
            stock.get().retrieve().toBodilessEntity();
            assertThat(application.actuator("/health/discovery")).contains("\"stale\":false");

            CLOUD_MAP.dns().fault(fault);

            awaitActuator(
                    application,
                    "/health/discovery",
                    "\"stale\":true",
                    "\"status\":\"UP\"",
                    "\"endpointsAcceptingCalls\":1",
                    "\"warning\":\"",
                    "stock-service.trading-platform.local",
                    words);
            assertThat(application.actuator("/discovery"))
                    .as(how)
                    .contains("\"stale\":true", words, "\"remainingTtlSeconds\":-", "\"state\":\"active\"");
            assertThat(stock.get().retrieve().body(String.class)).isEqualTo(backend.name());

            CLOUD_MAP.dns().fault(DnsFault.none());

            awaitActuator(application, "/discovery", "\"stale\":false", "\"warning\":\"\"");
            assertThat(application.actuator("/health/discovery"))
                    .contains("\"status\":\"UP\"")
                    .doesNotContain(words);
        }
    }

    @Test
    void isDownAndNamesTheNameserverWhenDnsFailsFromTheStart() throws Exception {
        try (TestApplication application = TestApplication.start(CLOUD_MAP, Object.class, "discovery.deadline=1s")) {
            CLOUD_MAP.dns().fault(DnsFault.rcode(Rcode.SERVFAIL));
            RestClient stock = application.restClient("http://stock-service.trading-platform.local");

            assertThatExceptionOfType(ResourceAccessException.class)
                    .isThrownBy(() -> stock.get().retrieve().toBodilessEntity());

            assertThat(application.actuator("/health/discovery"))
                    .contains("\"status\":\"DOWN\"", "\"endpointsAcceptingCalls\":0", "SERVFAIL")
                    .contains(CLOUD_MAP.nameserver());
        }
    }
}
