package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tradingplatform.discovery.test.DnsFault;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.web.client.RestClient;
import org.xbill.DNS.Rcode;

/** Scenario: DNS fails while the endpoints are fine. Calls go on, and whoever looks at the application sees why. */
class HealthWhileDnsFailsTest {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(20).toNanos();

    static Arguments[] faults() {
        return new Arguments[] {
            Arguments.of("answers SERVFAIL", DnsFault.rcode(Rcode.SERVFAIL), "SERVFAIL"),
            Arguments.of("is silent", DnsFault.silence(), "no answer within"),
            Arguments.of("knows of nothing", DnsFault.rcode(Rcode.NXDOMAIN), "NXDOMAIN")
        };
    }

    /** Looks again and again. */
    private static String until(DiscoveringApplication application, String path, String wanted) throws Exception {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String shown = application.actuator(path);
        while (!shown.contains(wanted)) {
            assertThat(System.nanoTime() - end)
                    .as("%s, waiting for %s", shown, wanted)
                    .isNegative();
            LockSupport.parkNanos(20_000_000);
            shown = application.actuator(path);
        }
        return shown;
    }

    @ParameterizedTest(name = "DNS {0}")
    @MethodSource("faults")
    void showsThatEndpointsAreStaleAndWhyUntilDnsIsBack(String how, DnsFault fault, String words) throws Exception {
        try (DiscoveringApplication application = DiscoveringApplication.start(Duration.ofSeconds(1))) {
            RestClient stock = application.restClient("http://stock-service");
            stock.get().uri("/").retrieve().toBodilessEntity();
            assertThat(application.actuator("/health/discovery")).contains("\"stale\":false");

            application.dns().fault(fault);

            String stale = until(application, "/health/discovery", "\"stale\":true");
            assertThat(stale).as(how).contains("\"status\":\"UP\"", "\"endpointsTakingCalls\":1", "\"problem\":\"");
            assertThat(stale).contains("stock-service.trading-platform.local", words);
            assertThat(application.actuator("/discovery"))
                    .contains("\"stale\":true", words, "\"ttlLeftSeconds\":-", "\"state\":\"active\"");
            assertThat(stock.get().uri("/").retrieve().body(String.class))
                    .isEqualTo(application.stock().name());

            application.dns().fault(DnsFault.none());

            assertThat(until(application, "/discovery", "\"stale\":false")).contains("\"problem\":\"\"");
            assertThat(application.actuator("/health/discovery"))
                    .contains("\"status\":\"UP\"")
                    .doesNotContain(words);
        }
    }

    @Test
    void isDownAndSaysWhomItAskedWhenDnsFailsFromTheStart() throws Exception {
        try (DiscoveringApplication application = DiscoveringApplication.start(Duration.ofSeconds(1))) {
            application.dns().fault(DnsFault.rcode(Rcode.SERVFAIL));
            RestClient stock = application.restClient("http://stock-service");
            assertThat(catchThrowable(() -> stock.get().uri("/").retrieve().toBodilessEntity()))
                    .isNotNull();

            assertThat(application.actuator("/health/discovery"))
                    .contains("\"status\":\"DOWN\"", "\"endpointsTakingCalls\":0", "SERVFAIL")
                    .contains("127.0.0.1:" + application.dns().address().getPort());
        }
    }
}
