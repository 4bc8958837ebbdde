package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tradingplatform.discovery.DiscoveryClient;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.SpringApplication;

/** A service in a process of its own, stopped as ECS stops a task: out of Cloud Map and SIGTERM in the same moment. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SigtermTest {

    private static final Duration TTL = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(10);

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(
            CloudMapNamespace.of("trading-platform.local").withTtl(TTL));

    private final List<Process> processes = new ArrayList<>();

    /** What the process runs; prints its port when it is ready. */
    static final class Service {

        private Service() {}

        public static void main(String[] args) {
            var context = new SpringApplication(TestApplication.Configured.class, DiscoveryServerTest.Greeting.class)
                    .run(args);
            System.out.println("port=" + context.getEnvironment().getProperty("local.server.port"));
        }
    }

    private void start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Service.class.getName(),
                        "--server.port=0",
                        "--spring.main.banner-mode=off",
                        "--logging.level.root=warn",
                        "--discovery.server.name=stock-service",
                        "--discovery.server.drain=" + DRAIN.toSeconds() + "s")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("port=")) {
                int port = Integer.parseInt(line.substring("port=".length()));
                CLOUD_MAP
                        .cloudMap()
                        .register("stock-service", "task" + processes.size(), InetAddress.getLoopbackAddress(), port);
                return;
            }
        }
        throw new AssertionError("the service did not start");
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void noCallFailsWhenAServiceIsStopped() throws Exception {
        start();
        start();
        try (DiscoveryClient client = DiscoveryClient.builder()
                .namespace(CLOUD_MAP.namespace())
                .nameservers(List.of(CLOUD_MAP.nameserver()))
                .loopback(true)
                .defaults(settings -> settings.withDeadline(Duration.ofSeconds(15)))
                .build()) {
            Queue<String> failures = new ConcurrentLinkedQueue<>();
            LongAdder answers = new LongAdder();
            AtomicBoolean ended = new AtomicBoolean();
            List<Thread> callers = new ArrayList<>();
            for (int caller = 0; caller < 8; caller++) {
                callers.add(Thread.ofVirtual().start(() -> {
                    while (!ended.get()) {
                        call(client, answers, failures);
                    }
                }));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> answers.sum() > 500);
            Process stopped = processes.getFirst();

            CLOUD_MAP.cloudMap().deregister("stock-service", "task1");
            stopped.destroy();
            long signalled = System.nanoTime();
            assertThat(stopped.waitFor(DRAIN.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS))
                    .as("ends within drain time and grace")
                    .isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isGreaterThan(TTL);
            long before = answers.sum();
            await().atMost(Duration.ofSeconds(60)).until(() -> answers.sum() > before + 200);
            ended.set(true);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(failures).isEmpty();
        }
    }

    private static void call(DiscoveryClient client, LongAdder answers, Queue<String> failures) {
        try {
            String body = client.httpClient()
                    .execute(new HttpGet("http://stock-service/now"), new BasicHttpClientResponseHandler());
            if (body.equals("hello")) {
                answers.increment();
            } else {
                failures.add(body);
            }
        } catch (IOException failure) {
            failures.add(String.valueOf(failure));
        }
    }
}
