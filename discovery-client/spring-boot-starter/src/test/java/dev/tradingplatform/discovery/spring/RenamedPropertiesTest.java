package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class RenamedPropertiesTest {

    private final ConfigurableEnvironment environment = new StandardEnvironment();

    @Configuration(proxyBeanMethods = false)
    static class Application {}

    private void check() {
        ConfigurationPropertySources.attach(environment);
        new RenamedProperties().postProcessEnvironment(environment, new SpringApplication(Application.class));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            discovery.record                  | `discovery.record` is now `discovery.record-type`
            discovery.deadlines.stock-service | `discovery.deadlines.stock-service` is now `discovery.services.stock-service.deadline`
            discovery.hedge-after             | `discovery.hedge-after` is gone: the client starts hedged attempts on its own
            """)
    void endTheStartAndNameTheirReplacement(String property, String message) {
        environment.getPropertySources().addFirst(new MapPropertySource("mine", Map.of(property, "1s")));

        assertThatThrownBy(this::check)
                .isInstanceOf(InvalidConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void areFoundAmongEnvironmentVariables() {
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
                        Map.of("DISCOVERY_HEDGE_AFTER", "1s")));

        assertThatThrownBy(this::check).hasMessageContaining("`discovery.hedge-after` is gone");
    }

    @Test
    void areNotConfusedWithTheNewOnes() {
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "mine",
                        Map.of("discovery.record-type", "a", "discovery.services.stock-service.deadline", "1s")));

        check();

        assertThat(environment.getProperty("discovery.record-type")).isEqualTo("a");
    }

    @Test
    void areShownToTheUserWithoutAStackTrace(CapturedOutput output) {
        assertThatThrownBy(() -> SpringApplication.run(Application.class, "--discovery.record=a"))
                .isInstanceOf(InvalidConfigurationException.class);

        assertThat(output)
                .contains("APPLICATION FAILED TO START", "`discovery.record` is now `discovery.record-type`")
                .doesNotContain("\tat ");
    }
}
