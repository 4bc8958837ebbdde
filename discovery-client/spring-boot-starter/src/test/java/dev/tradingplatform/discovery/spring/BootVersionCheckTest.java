package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ApplicationListener;
import org.springframework.core.io.support.SpringFactoriesLoader;

class BootVersionCheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.5.16", "2.7.18"})
    void endsTheStartOnAnOlderBootWithOneSentence(String version) {
        assertThatThrownBy(() -> BootVersionCheck.requireBoot4(version))
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(
                        "discovery-client-spring-boot-starter needs Spring Boot 4.0 or later, but this is " + version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4.0.0", "4.0.7", "4.1.1", "4.2.0-M1", "10.0.0"})
    void acceptsBoot4AndLater(String version) {
        assertThatCode(() -> BootVersionCheck.requireBoot4(version)).doesNotThrowAnyException();
    }

    /** The key of {@code spring.factories} that Boot 3 and Boot 4 share. */
    @Test
    void isFoundByEveryVersionOfBoot() {
        List<?> listeners = SpringFactoriesLoader.forDefaultResourceLocation().load(ApplicationListener.class);

        assertThat(listeners).hasAtLeastOneElementOfType(BootVersionCheck.class);
    }

    @Test
    void isShownAsTheDescriptionOfTheFailure() {
        FailureAnalysis analysis = Objects.requireNonNull(new InvalidConfigurationAnalyzer()
                .analyze(new IllegalStateException(new InvalidConfigurationException("needs Spring Boot 4"))));

        assertThat(analysis.getDescription()).isEqualTo("needs Spring Boot 4");
    }
}
