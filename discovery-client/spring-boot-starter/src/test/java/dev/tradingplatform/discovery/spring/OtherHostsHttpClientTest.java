package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.SimpleClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/**
 * Which HTTP client calls hosts that are not services. No test sets a namespace: the library is only on the class path.
 */
@ExtendWith(OutputCaptureExtension.class)
class OtherHostsHttpClientTest {

    private static final String PROPERTY = "spring.http.clients.imperative.factory";

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class})
    static class Application {}

    @Configuration(proxyBeanMethods = false)
    @PropertySource("classpath:http-components.properties")
    static class WithPropertySource {}

    private static void run(
            Map<String, Object> defaults,
            Class<?> configuration,
            Consumer<ConfigurableApplicationContext> check,
            String... arguments) {
        SpringApplication application = new SpringApplication(Application.class, configuration);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setDefaultProperties(defaults);
        try (ConfigurableApplicationContext context = application.run(arguments)) {
            check.accept(context);
        }
    }

    private static void run(Consumer<ConfigurableApplicationContext> check, String... arguments) {
        run(Map.of(), Application.class, check, arguments);
    }

    @Test
    void isTheOneOfAnApplicationWithoutHttpClient5(CapturedOutput output) {
        run(context -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
                .isInstanceOf(JdkClientHttpRequestFactoryBuilder.class));

        assertThat(output.getOut().lines().filter(line -> line.contains("hosts that are not services")))
                .singleElement()
                .asString()
                .contains("INFO")
                .contains(PROPERTY + "=jdk");
    }

    @Test
    void isTheOneOfThePropertyIfItIsSet(CapturedOutput output) {
        run(
                context -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
                        .isInstanceOf(SimpleClientHttpRequestFactoryBuilder.class),
                "--" + PROPERTY + "=simple");

        assertThat(output).doesNotContain("hosts that are not services");
    }

    @Test
    void isTheOneOfADefaultPropertyOfTheApplication() {
        run(
                Map.of(PROPERTY, "http-components"),
                Application.class,
                context -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
                        .isInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class));
    }

    /** Spring adds these sources after the environment was prepared, behind all others but the default properties. */
    @Test
    void isTheOneOfAnAnnotatedPropertySource() {
        run(
                Map.of(),
                WithPropertySource.class,
                context -> assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
                        .isInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class));
    }

    @Test
    void isTheBuilderOfTheApplicationIfThereIsOne() {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context ->
                context.getBeanFactory().registerSingleton("mine", ClientHttpRequestFactoryBuilder.httpComponents()));

        try (ConfigurableApplicationContext context = application.run()) {
            assertThat(context.getBean(ClientHttpRequestFactoryBuilder.class))
                    .isInstanceOf(HttpComponentsClientHttpRequestFactoryBuilder.class);
        }
    }
}
