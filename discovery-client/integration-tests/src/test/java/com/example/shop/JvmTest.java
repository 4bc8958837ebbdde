package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplicationAotProcessor;

class JvmTest {

    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    @TempDir
    private Path directory;

    private Backend stock;

    @BeforeEach
    void registerOneEndpoint() {
        stock = CLOUD_MAP.backend("stock-service");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theJvmOfABatchJobEndsByItselfWithItsContextClosedOrNot(boolean close) throws Exception {
        OwnJvm.Result result = OwnJvm.of(CallingApplication.class)
                .options("-Dcalls.url=http://stock-service", "-Dcalls.close=" + close)
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver()))
                .run(TIMEOUT);

        assertThat(result.output()).contains("answers: [" + stock.name() + "]");
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void anApplicationPreparedAheadOfTimeRunsAndItsHintsNameTheProperties() throws Exception {
        Path sources = directory.resolve("sources");
        Path resources = directory.resolve("resources");
        Path classes = directory.resolve("classes");
        String[] properties = Stream.of(RunningShop.arguments(CLOUD_MAP.nameserver()))
                .map(argument -> argument.replaceFirst("--", "-D"))
                .toArray(String[]::new);

        OwnJvm.Result processed = OwnJvm.of(SpringApplicationAotProcessor.class)
                .onlyClassPath(JvmTest::isOfPackagedApplication)
                .options(properties)
                .arguments(CallingApplication.class.getName())
                .arguments(sources.toString(), resources.toString(), classes.toString())
                .arguments("com.example", "shop")
                .run(TIMEOUT);
        assertThat(processed.exitCode()).as(processed.output()).isZero();
        compile(sources, classes);
        OwnJvm.Result result = OwnJvm.of(CallingApplication.class)
                .onlyClassPath(JvmTest::isOfPackagedApplication)
                .addClassPath(resources)
                .addClassPath(classes)
                .options("-Dspring.aot.enabled=true", "-Dcalls.url=http://stock-service")
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver()))
                .run(TIMEOUT);

        assertThat(result.output()).contains("AOT-processed", "answers: [" + stock.name() + "]");
        assertThat(result.exitCode()).isZero();
        assertThat(hints(resources)).contains("dev.tradingplatform.discovery.spring.DiscoveryProperties");
    }

    // Devtools are not packaged, and cannot restart an application that was prepared ahead of time.
    private static boolean isOfPackagedApplication(Path element) {
        return !element.getFileName().toString().startsWith("spring-boot-devtools");
    }

    private static void compile(Path sources, Path classes) throws Exception {
        try (Stream<Path> files = Files.walk(sources)) {
            List<String> arguments = Stream.concat(
                            Stream.of(
                                    "-nowarn",
                                    "-proc:none",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    classes + ":" + testClassPath()),
                            files.map(Path::toString).filter(file -> file.endsWith(".java")))
                    .toList();
            int failures = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
            assertThat(failures).isZero();
        }
    }

    private static String testClassPath() {
        return OwnJvm.of(ShopApplication.class).classPath();
    }

    private static String hints(Path resources) throws Exception {
        StringBuilder hints = new StringBuilder();
        try (Stream<Path> files = Files.walk(resources)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".json")).toList()) {
                hints.append(Files.readString(file, StandardCharsets.UTF_8));
            }
        }
        return hints.toString();
    }

    @Test
    void aHundredCallsOnOneCarrierThreadTakeAboutAsLongAsOneAndPinNoVirtualThread() throws Exception {
        stock.behave(BackendBehaviour.answering(200, "late").after(Duration.ofMillis(500)));

        OwnJvm.Result result = OwnJvm.of(VirtualThreadsApplication.class)
                .options("-Djdk.virtualThreadScheduler.parallelism=1", "-Djdk.virtualThreadScheduler.maxPoolSize=1")
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver(), "spring.threads.virtual.enabled=true"))
                .run(TIMEOUT);

        assertThat(result.exitCode()).as(result.output()).isZero();
        assertThat(result.output()).contains("answered: 100", "pinned by the library: []");
        long millis = Long.parseLong(result.output().replaceFirst("(?s).*milliseconds: (\\d+).*", "$1"));
        assertThat(millis).isBetween(500L, 3_000L);
    }

    @Test
    void devtoolsRestartsTheApplicationThreeTimesAndTheThreadsOfTheLibraryStayTwo() throws Exception {
        OwnJvm.Result result = OwnJvm.of(RestartingApplication.class)
                .withLibrariesAsJars(directory)
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver(), "spring.devtools.livereload.enabled=false"))
                .run(TIMEOUT);

        assertThat(result.output()).contains("start 1: " + stock.name(), "start 4: " + stock.name(), "threads: 2");
        assertThat(result.exitCode()).isZero();
        assertThat(stock.received()).hasSize(4);
    }

    @Test
    void twoApplicationsInOneJvmDoNotNoticeThatOneIsClosedAndStartedAgain() {
        try (RunningShop first = RunningShop.start(CLOUD_MAP.nameserver());
                Traffic traffic = Traffic.every(Duration.ofMillis(20), () -> RunningShop.get(first.stock()))) {
            for (int round = 0; round < 2; round++) {
                try (RunningShop second = RunningShop.start(CLOUD_MAP.nameserver())) {
                    assertThat(RunningShop.get(second.stock())).isEqualTo(stock.name());
                }
                traffic.awaitCalls(20);
            }
            Traffic.assertNoneFailed(traffic.outcomes());
            assertThat(first.activeEndpoints()).containsExactly(stock.name());
        }
        await().untilAsserted(() -> assertThat(stock.connections()).isZero());
    }
}
