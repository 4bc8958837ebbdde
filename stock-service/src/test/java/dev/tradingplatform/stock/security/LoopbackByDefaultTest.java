package dev.tradingplatform.stock.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.StockServiceApplication;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

@ExtendWith(OutputCaptureExtension.class)
class LoopbackByDefaultTest {

    private static final String TOKEN = "--stock.auth.secret=a secret that is long enough for HS256";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void listensOnLoopbackAndWarnsIfNothingIsSet(CapturedOutput output) {
        try (ConfigurableApplicationContext service = start()) {
            assertThat(service.getEnvironment().getProperty("server.address")).isEqualTo("127.0.0.1");
        }

        assertThat(output.getOut().lines().filter(line -> line.contains("Writes are open")))
                .singleElement()
                .asString()
                .contains("WARN", "127.0.0.1:", "stock.auth.issuer", "stock.auth.secret");
    }

    @Test
    void listensOnTheGivenAddressAndWarnsToo(CapturedOutput output) {
        try (ConfigurableApplicationContext service = start("--server.address=0.0.0.0")) {
            assertThat(service.getEnvironment().getProperty("server.address")).isEqualTo("0.0.0.0");
        }

        assertThat(output.getOut()).containsOnlyOnce("Writes are open").contains("0.0.0.0:");
    }

    @Test
    void listensOnEveryAddressAndDoesNotWarnIfATokenIsRequired(CapturedOutput output) {
        try (ConfigurableApplicationContext service = start(TOKEN)) {
            assertThat(service.getEnvironment().containsProperty("server.address"))
                    .isFalse();
        }

        assertThat(output.getOut()).doesNotContain("Writes are open");
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ADDRESS, 10.0.1.1, 10.0.1.1",
        "STOCK_AUTH_ISSUER, https://issuer.example,",
        "OTHER, x, 127.0.0.1"
    })
    void readsEnvironmentVariables(String name, String value, @Nullable String address) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource(
                        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, Map.of(name, value)));

        new LoopbackByDefault().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("server.address")).isEqualTo(address);
    }

    @Test
    void givesWayToFilesWithSettings() {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addLast(new MapPropertySource("file", Map.of("server.address", "10.0.1.2")));

        new LoopbackByDefault().postProcessEnvironment(environment, new SpringApplication());

        assertThat(environment.getProperty("server.address")).isEqualTo("10.0.1.2");
    }

    private ConfigurableApplicationContext start(String... settings) {
        List<String> arguments =
                new ArrayList<>(List.of("--server.port=0", "--stock.database.file=" + directory.resolve("stock.db")));
        arguments.addAll(List.of(settings));
        return SpringApplication.run(StockServiceApplication.class, arguments.toArray(String[]::new));
    }
}
