package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.http.CallPolicy;
import dev.tradingplatform.discovery.http.DiscoverySettings;
import dev.tradingplatform.discovery.http.ServiceCallException;
import dev.tradingplatform.discovery.http.ServiceClient;
import dev.tradingplatform.discovery.http.ServiceRequest;
import dev.tradingplatform.discovery.http.ServiceResponse;
import dev.tradingplatform.discovery.test.CloudMap;
import dev.tradingplatform.discovery.test.CloudMapNamespace;
import dev.tradingplatform.discovery.test.DnsServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.SpringApplication;

/** A service in a process of its own, stopped as ECS stops a task: out of Cloud Map and SIGTERM in the same moment. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SigtermTest {

    private static final Duration TTL = Duration.ofSeconds(2);
    private static final Duration DRAIN = Duration.ofSeconds(3);
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final CloudMap cloudMap =
            new CloudMap(CloudMapNamespace.of("trading-platform.local").withTtl(TTL), new Random(1));
    private final List<Process> processes = new ArrayList<>();

    /** What the process runs; prints its port when it is ready. */
    static final class Service {

        private Service() {}

        public static void main(String[] args) {
            var context = new SpringApplication(
                            DiscoveryServerTest.Application.class, DiscoveryServerTest.Greeting.class)
                    .run(args);
            System.out.println("port=" + context.getEnvironment().getProperty("local.server.port"));
        }
    }

    private int start() throws IOException {
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
                cloudMap.register("stock-service", "task" + processes.size(), InetAddress.getLoopbackAddress(), port);
                return port;
            }
        }
        throw new AssertionError("the service did not start");
    }

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void noCallerSeesAFailureWhenAServiceIsStopped() throws Exception {
        start();
        start();
        try (DnsServer dns = DnsServer.start(InetAddress.getLoopbackAddress(), 0, cloudMap::answer);
                ServiceClient client = ServiceClient.of(DiscoverySettings.inNamespace("trading-platform.local")
                        .withNameservers("127.0.0.1:" + dns.address().getPort())
                        .withLoopback()
                        .withCalls(CallPolicy.withDeadline(Duration.ofSeconds(15))))) {
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
            while (answers.sum() < 500) {
                LockSupport.parkNanos(1_000_000);
            }
            Process stopped = processes.getFirst();

            cloudMap.deregister("stock-service", "task1");
            stopped.destroy();
            long signalled = System.nanoTime();
            assertThat(stopped.waitFor(DRAIN.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS))
                    .as("ends within drain time and grace")
                    .isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - signalled)).isGreaterThan(TTL);
            long before = answers.sum();
            while (answers.sum() < before + 200) {
                LockSupport.parkNanos(1_000_000);
            }
            ended.set(true);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(failures).isEmpty();
        }
    }

    private static void call(ServiceClient client, LongAdder answers, Queue<String> failures) {
        try (ServiceResponse response = client.send(ServiceRequest.get("http://stock-service/now"))) {
            if (response.text().equals("hello")) {
                answers.increment();
            } else {
                failures.add(String.valueOf(response.status()));
            }
        } catch (ServiceCallException failure) {
            failures.add(String.valueOf(failure.getMessage()));
        }
    }
}
