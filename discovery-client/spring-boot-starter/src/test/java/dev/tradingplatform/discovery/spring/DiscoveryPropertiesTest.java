package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.discovery.RecordType;
import dev.tradingplatform.discovery.ServiceSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.http.client.HttpClientSettings;

class DiscoveryPropertiesTest {

    private static final HttpClientSettings NO_TIMEOUTS = HttpClientSettings.defaults();

    private static DiscoveryProperties bind(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int each = 0; each < namesAndValues.length; each += 2) {
            values.put(namesAndValues[each], namesAndValues[each + 1]);
        }
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("discovery", DiscoveryProperties.class);
    }

    private static ServiceSettings stockService(DiscoveryProperties properties) {
        ServiceSettings all = properties.allServices(ServiceSettings.DEFAULTS, NO_TIMEOUTS);
        return Objects.requireNonNull(properties.services().get("stock-service"))
                .applyTo(all, "");
    }

    @Test
    void haveTheDefaultsOfTheCore() {
        ServiceSettings settings = bind().allServices(ServiceSettings.DEFAULTS, NO_TIMEOUTS);

        assertThat(settings).isEqualTo(ServiceSettings.DEFAULTS);
    }

    @Test
    void changeTheSettingsOfAllServices() {
        DiscoveryProperties properties = bind(
                "discovery.record-type", "a",
                "discovery.deadline", "2s",
                "discovery.connect-timeout", "100ms",
                "discovery.tls-handshake-timeout", "3s",
                "discovery.read-timeout", "4s",
                "discovery.max-attempts", "5",
                "discovery.retried-statuses", "429,503",
                "discovery.max-concurrent-calls", "6");

        assertThat(properties.allServices(ServiceSettings.DEFAULTS, NO_TIMEOUTS))
                .isEqualTo(new ServiceSettings(
                        RecordType.A,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        5,
                        Set.of(429, 503),
                        6));
    }

    @Test
    void changeTheSettingsOfOneService() {
        DiscoveryProperties properties = bind(
                "discovery.deadline", "2s",
                "discovery.services.stock-service.record-type", "a",
                "discovery.services.stock-service.connect-timeout", "100ms",
                "discovery.services.stock-service.tls-handshake-timeout", "3s",
                "discovery.services.stock-service.read-timeout", "4s",
                "discovery.services.stock-service.max-attempts", "5",
                "discovery.services.stock-service.retried-statuses", "429,503",
                "discovery.services.stock-service.max-concurrent-calls", "6",
                "discovery.services.other-service.deadline", "9s");

        assertThat(stockService(properties))
                .isEqualTo(new ServiceSettings(
                        RecordType.A,
                        Duration.ofSeconds(2),
                        Duration.ofMillis(100),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        5,
                        Set.of(429, 503),
                        6));
    }

    @Test
    void takeTheTimeoutsOfAllHttpClientsWhereNoneIsSet() {
        HttpClientSettings usual =
                NO_TIMEOUTS.withConnectTimeout(Duration.ofMillis(70)).withReadTimeout(Duration.ofSeconds(7));

        ServiceSettings taken = bind().allServices(ServiceSettings.DEFAULTS, usual);
        ServiceSettings own = bind("discovery.connect-timeout", "100ms", "discovery.read-timeout", "4s")
                .allServices(ServiceSettings.DEFAULTS, usual);

        assertThat(taken.connectTimeout()).isEqualTo(Duration.ofMillis(70));
        assertThat(taken.readTimeout()).isEqualTo(Duration.ofSeconds(7));
        assertThat(own.connectTimeout()).isEqualTo(Duration.ofMillis(100));
        assertThat(own.readTimeout()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void nameThePropertyOfAServiceWhoseValueIsOutOfRange() {
        DiscoveryProperties properties = bind("discovery.services.stock-service.max-concurrent-calls", "0");
        DiscoveryProperties.Service service =
                Objects.requireNonNull(properties.services().get("stock-service"));

        assertThatThrownBy(() -> service.applyTo(ServiceSettings.DEFAULTS, "discovery.services.stock-service."))
                .hasMessage("discovery.services.stock-service.max-concurrent-calls: 0 (expected: 1 or more)");
    }
}
