package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientRequestException;

@ExtendWith(OutputCaptureExtension.class)
class WebClientRefusalTest {

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace("trading-platform.local");

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DiscoveryAutoConfiguration.class,
                    HttpClientAutoConfiguration.class,
                    ReactiveHttpClientAutoConfiguration.class,
                    WebClientAutoConfiguration.class))
            .withPropertyValues(
                    "discovery.namespace=trading-platform.local",
                    "discovery.nameservers=" + CLOUD_MAP.nameserver(),
                    "discovery.loopback=true");
    private Backend backend;

    @BeforeEach
    void start() {
        backend = CLOUD_MAP.backend("stock_service");
    }

    private static String get(ApplicationContext context, String url) {
        return String.valueOf(context.getBean(WebClient.Builder.class)
                .baseUrl(url)
                .build()
                .get()
                .retrieve()
                .bodyToMono(String.class)
                .block());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://stock_service",
                "http://stock_service:8080/a",
                "https://stock_service.trading-platform.local"
            })
    void aServiceIsRefusedWithASentenceThatSaysWhatToUse(String url) {
        application.run(context -> assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> get(context, url))
                .withMessageContaining("WebClient")
                .withMessageContaining("stock_service")
                .withMessageContaining("RestClient"));

        assertThat(backend.received()).isEmpty();
    }

    @Test
    void otherHostsAreCalled() {
        application.run(context -> {
            assertThat(get(context, "http://" + backend.name())).isEqualTo(backend.name());
            assertThat(get(context, "http://localhost:" + backend.address().getPort()))
                    .isEqualTo(backend.name());
        });
    }

    /** A host without a dot may be one that only the system's resolver knows. */
    @Test
    void aHostThatTheNamespaceDoesNotContainIsLeftToWebClient() {
        application.run(context -> assertThatExceptionOfType(WebClientRequestException.class)
                .isThrownBy(() -> get(context, "http://legacy-host")));
    }

    @Test
    void theStartSaysThatWebClientIsNotSupported(CapturedOutput output) {
        application.run(context -> assertThat(context).hasNotFailed());

        assertThat(output.getOut().lines().filter(line -> line.contains("does not support WebClient")))
                .singleElement()
                .asString()
                .contains("INFO", "RestClient");
    }
}
