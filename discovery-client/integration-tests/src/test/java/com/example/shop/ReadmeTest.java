package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ReadmeTest {

    private static final Path README = Path.of("..", "README.md");

    /** The core and what it brings. */
    private static final List<String> CORE =
            List.of("discovery-client-0", "httpclient5-", "httpcore5-", "dnsjava-", "jspecify-", "slf4j-api-");

    /** What the starter brings; RestClient, RestTemplate and HTTP interfaces need nothing else. */
    private static final List<String> STARTER = List.of(
            "classes",
            "test-classes",
            "discovery-client-0",
            "discovery-client-spring-boot-starter-",
            "httpc",
            "dnsjava-",
            "jspecify-",
            "slf4j-",
            "logback-",
            "log4j-",
            "jul-to-slf4j-",
            "jakarta.annotation-api-",
            "snakeyaml-",
            "jackson-",
            "commons-logging-",
            "micrometer-commons-",
            "micrometer-observation-",
            "spring-core-",
            "spring-context-",
            "spring-beans-",
            "spring-aop-",
            "spring-expression-",
            "spring-web-",
            "spring-boot-starter-4",
            "spring-boot-starter-logging-",
            "spring-boot-starter-jackson-",
            "spring-boot-starter-restclient-",
            "spring-boot-4",
            "spring-boot-autoconfigure-",
            "spring-boot-jackson-",
            "spring-boot-http-client-",
            "spring-boot-http-converter-",
            "spring-boot-restclient-");

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    @TempDir
    private Path directory;

    @Test
    void theExampleForSpringCompilesAndRunsWithExactlyTheStarterAsDoRestTemplateAndHttpInterfaces() throws Exception {
        Backend stock = CLOUD_MAP.backend("stock-service");
        stock.behave(BackendBehaviour.choosing(request -> BackendBehaviour.answering(200, request.path())));
        compile("Quotes", STARTER, """
                package com.example.shop;

                import org.springframework.stereotype.Component;
                import org.springframework.web.client.RestClient;

                """ + snippet("spring"));

        OwnJvm.Result result = OwnJvm.of(StarterAloneApplication.class)
                .onlyClassPath(element -> isOf(STARTER, element))
                .addClassPath(directory)
                .arguments(RunningShop.arguments(
                        CLOUD_MAP.nameserver(), "spring.http.serviceclient.stock.base-url=http://stock-service"))
                .run(Duration.ofMinutes(2));

        assertThat(result.output())
                .contains(
                        "RestClient: /api/v1/data/TICKER_1",
                        "RestTemplate: /api/v1/data/TICKER_2",
                        "HTTP interface: /api/v1/data/TICKER_3");
        assertThat(result.exitCode()).isZero();
        assertThat(stock.received()).hasSize(3);
    }

    @Test
    void theExampleForPlainJavaCompilesAndRunsWithTheCoreAlone() throws Exception {
        Backend stock = CLOUD_MAP.backend("stock-service");
        compile("Plain", CORE, """
                import dev.tradingplatform.discovery.DiscoveryClient;
                import org.apache.hc.client5.http.classic.methods.HttpGet;
                import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;

                class Plain {
                    public static void main(String[] arguments) throws Exception {
                """ + onThisMachine(snippet("plain")) + "}}");

        OwnJvm.Result result = OwnJvm.of("Plain")
                .onlyClassPath(element -> isOf(CORE, element))
                .addClassPath(directory)
                .run(Duration.ofMinutes(1));

        assertThat(result.output()).contains(stock.name());
        assertThat(result.exitCode()).isZero();
        assertThat(stock.received())
                .singleElement()
                .satisfies(request -> assertThat(request.path()).isEqualTo("/api/v1/data/TICKER_1"));
    }

    // On AWS the nameservers of the machine know the name.
    private static String onThisMachine(String example) {
        assertThat(example).contains(".build()");
        return example.replace(
                ".build()",
                ".nameservers(java.util.List.of(\"%s\")).loopback(true).build()".formatted(CLOUD_MAP.nameserver()));
    }

    private static boolean isOf(List<String> library, Path element) {
        String file = element.getFileName().toString();
        return library.stream().anyMatch(file::startsWith);
    }

    private static String snippet(String name) throws IOException {
        Matcher matcher = Pattern.compile("<!-- snippet: " + name + " -->\\s*```java\\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(matcher.find()).as("snippet %s in the README", name).isTrue();
        return matcher.group(1);
    }

    private void compile(String type, List<String> library, String source) throws IOException {
        Path file = Files.writeString(directory.resolve(type + ".java"), source);
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        messages,
                        messages,
                        "-proc:none",
                        "-d",
                        directory.toString(),
                        "-cp",
                        OwnJvm.of(ShopApplication.class)
                                .onlyClassPath(element -> isOf(library, element))
                                .classPath(),
                        file.toString());
        assertThat(failures).as(messages.toString(StandardCharsets.UTF_8)).isZero();
    }
}
