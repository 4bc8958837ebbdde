package dev.tradingplatform.discovery.test.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.BackendRequest;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.DnsFault;
import java.io.IOException;
import java.net.ConnectException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

class PriceServiceTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    private final PriceService prices = new PriceService(CLOUD_MAP.dns().address());

    @Test
    void readsThePriceFromAnEndpointInDns() throws Exception {
        Backend stock = CLOUD_MAP.backend("stock-service").behave(BackendBehaviour.answering(200, "101.25"));

        assertThat(prices.price("TICKER_1")).isEqualTo("101.25");

        assertThat(stock.executed()).extracting(BackendRequest::path).containsExactly("/prices/TICKER_1");
        assertThat(CLOUD_MAP.dns().queries().count("stock-service.trading-platform.local", Type.SRV))
                .isEqualTo(1);
    }

    static Stream<BackendBehaviour> failures() {
        return Stream.of(
                BackendBehaviour.answering(503, "overloaded"),
                BackendBehaviour.breakingAfterExecution(),
                BackendBehaviour.breakingInTheMiddle(),
                BackendBehaviour.silent());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void callsAnotherEndpointWhenOneFails(BackendBehaviour failure) throws Exception {
        CLOUD_MAP.backend("stock-service").behave(failure);
        CLOUD_MAP.backend("stock-service").behave(BackendBehaviour.answering(200, "101.25"));

        // DNS answers in random order: the failing endpoint is the first of some answers.
        for (int call = 0; call < 4; call++) {
            assertThat(prices.price("TICKER_1")).isEqualTo("101.25");
        }
    }

    @Test
    void callsAnEndpointAgainThatRefusedConnections() throws Exception {
        Backend stock = CLOUD_MAP.backend("stock-service").behave(BackendBehaviour.answering(200, "101.25"));

        stock.refuse();
        assertThatThrownBy(() -> prices.price("TICKER_1")).isInstanceOf(ConnectException.class);
        stock.open();

        assertThat(prices.price("TICKER_1")).isEqualTo("101.25");
    }

    @Test
    void failsWhenDnsAnswersWithoutRecords() {
        CLOUD_MAP.backend("stock-service");
        CLOUD_MAP.dns().fault(DnsFault.noData());

        assertThatThrownBy(() -> prices.price("TICKER_1"))
                .isInstanceOf(IOException.class)
                .hasMessage("stock-service has no endpoint");
    }
}
