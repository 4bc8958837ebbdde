package dev.tradingplatform.local.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @Test
    void standForThePlatformWhereTheEnvironmentSaysNothing() {
        Settings settings = Settings.of(Map.of());

        assertThat(settings.namespace()).isEqualTo("trading-platform.local");
        assertThat(settings.ttl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.services()).containsExactly("stock-service", "signal-processing-service");
    }

    @Test
    void takeWhatTheEnvironmentSays() {
        Settings settings = Settings.of(Map.of("NAMESPACE", "trading.internal", "TTL", "5", "SERVICES", "a, b,"));

        assertThat(settings.namespace()).isEqualTo("trading.internal");
        assertThat(settings.cloudMapNamespace().ttl()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.services()).containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "86401", "1m", ""})
    void refuseATtlThatIsNone(String ttl) {
        assertThatThrownBy(() -> Settings.of(Map.of("TTL", ttl)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TTL: \"" + ttl + "\" (expected: whole seconds from 0 to 86400)");
    }
}
