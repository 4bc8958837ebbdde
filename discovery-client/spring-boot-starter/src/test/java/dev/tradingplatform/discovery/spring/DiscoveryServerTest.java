package dev.tradingplatform.discovery.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DiscoveryServerTest {

    /** Answers at once, or when it is told to. */
    @RestController
    static class Greeting {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch finish = new CountDownLatch(1);

        @GetMapping("/now")
        String now() {
            return "hello";
        }

        @GetMapping("/later")
        String later() throws InterruptedException {
            begun.countDown();
            assertThat(finish.await(10, TimeUnit.SECONDS)).isTrue();
            return "done";
        }
    }

    private static TestApplication start(String... properties) {
        return TestApplication.start(Greeting.class, properties);
    }

    @Test
    void everyResponseNamesTheServiceThatSentIt() throws Exception {
        try (TestApplication service = start("discovery.server.name=stock-service")) {
            for (String path : List.of("/now", "/absent")) {
                HttpResponse<String> response = service.get(path);
                assertThat(response.headers().allValues("Discovery-Service")).containsExactly("stock-service");
                assertThat(response.headers().firstValue("Discovery-Draining")).isEmpty();
            }
        }
    }

    @Test
    void aServiceWithoutANameAddsNone() throws Exception {
        try (TestApplication service = start()) {
            assertThat(service.get("/now").headers().firstValue("Discovery-Service"))
                    .isEmpty();
        }
    }

    @Test
    void continuesToServeWhileItDrainsAndSaysSo() throws Exception {
        try (TestApplication service = start("discovery.server.name=stock-service", "discovery.server.drain=3s")) {
            Greeting greeting = service.context().getBean(Greeting.class);
            CompletableFuture<HttpResponse<String>> inFlight = service.getLater("/later");
            assertThat(greeting.begun.await(10, TimeUnit.SECONDS)).isTrue();
            HttpRequest now = service.request("/now");
            DrainOnShutdown drain = service.context().getBean(DrainOnShutdown.class);

            CompletableFuture<Void> closing = CompletableFuture.runAsync(service.context()::close);
            await().until(drain::draining);
            HttpResponse<String> meanwhile = service.send(now);

            assertThat(meanwhile.statusCode()).isEqualTo(200);
            assertThat(meanwhile.headers().firstValue("Discovery-Draining")).contains("true");
            assertThat(meanwhile.headers().firstValue("Connection")).contains("close");
            greeting.finish.countDown();
            assertThat(inFlight.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
            closing.get(20, TimeUnit.SECONDS);
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> service.send(now));
        }
    }

    @Test
    void endsTheStartAtANameThatIsNoDnsName() {
        assertThat(catchThrowable(() -> start("discovery.server.name=stock service")))
                .hasStackTraceContaining("discovery.server.name: \"stock service\" (expected: a DNS name");
    }

    @Test
    void endsTheStartAtANegativeDrainTime() {
        assertThat(catchThrowable(() -> start("discovery.server.drain=-1s")))
                .hasStackTraceContaining("discovery.server.drain: PT-1S (expected: 0s or more)");
    }
}
