package dev.tradingplatform.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNameTest {

    @Test
    void isTheSameNameInAnyCaseWithAndWithoutTheFinalDot() {
        assertThat(new ServiceName("Stock-Service.Trading-Platform.LOCAL."))
                .isEqualTo(new ServiceName("stock-service.trading-platform.local"));
    }

    @Test
    void putsASingleLabelIntoTheNamespaceAndLeavesDottedNamesAlone() {
        assertThat(ServiceName.of("stock-service", "trading-platform.local").value())
                .isEqualTo("stock-service.trading-platform.local");
        assertThat(ServiceName.of("_stock._tcp.other.local", "trading-platform.local")
                        .value())
                .isEqualTo("_stock._tcp.other.local");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a..b", "-a.b", "a-.b", "a b", "ä.local", "10.0.0.1/8"})
    void refusesWhatIsNoName(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ServiceName(text))
                .withMessageContaining("service name: ")
                .withMessageContaining("expected: a DNS name");
    }

    @Test
    void refusesLabelsOver63AndNamesOver253Characters() {
        assertThat(new ServiceName("a".repeat(63) + ".b").value()).hasSize(65);
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("a".repeat(64) + ".b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ServiceName("abcdefg.".repeat(32) + "a"));
    }
}
