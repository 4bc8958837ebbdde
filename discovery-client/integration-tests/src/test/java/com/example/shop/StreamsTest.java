package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.discovery.test.CloudMapExtension;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StreamsTest {

    private static final Duration INTERVAL = Duration.ofMillis(300);

    @RegisterExtension
    static final CloudMapExtension CLOUD_MAP = CloudMapExtension.withNamespace(RunningShop.NAMESPACE);

    private StockEndpoints endpoints;

    @BeforeEach
    void start() {
        endpoints = StockEndpoints.register(CLOUD_MAP);
    }

    @Test
    void serverSentEventsAreReadableAsTheyAreSentAndBeyondTheDeadline() {
        List<String> events =
                IntStream.range(0, 14).mapToObj(event -> "event " + event).toList();
        endpoints.behave(BackendBehaviour.serverSentEvents(INTERVAL, events));
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver(), "discovery.deadline=2s")) {
            List<Long> arrivals = new ArrayList<>();

            List<String> received = shop.stock().get().uri("/events").exchange((request, response) -> {
                List<String> lines = new ArrayList<>();
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(response.getBody(), StandardCharsets.UTF_8));
                while (lines.size() < events.size()) {
                    String line = String.valueOf(reader.readLine());
                    if (line.startsWith("data:")) {
                        arrivals.add(System.nanoTime());
                        lines.add(line.substring("data:".length()).strip());
                    }
                }
                return lines;
            });

            assertThat(received).isEqualTo(events);
            // Relative to the first one. An event that waited in a buffer comes with a later one; a machine that stalls
            // delays few of them.
            long late = IntStream.range(1, events.size())
                    .mapToObj(event -> Duration.ofNanos(arrivals.get(event) - arrivals.getFirst())
                            .minus(INTERVAL.multipliedBy(event)))
                    .filter(delay -> delay.compareTo(Duration.ofMillis(250)) > 0)
                    .count();
            assertThat(late).as("events later than 250 ms").isLessThanOrEqualTo(3);
            assertThat(endpoints.received()).hasSize(1);
            shop.assertNoneEjected(2);
        }
    }

    @Test
    void aStreamThatIsLeftEarlyEndsAtOnce() {
        List<String> events =
                IntStream.range(0, 100).mapToObj(event -> "event " + event).toList();
        endpoints.behave(BackendBehaviour.serverSentEvents(INTERVAL, events));
        try (RunningShop shop = RunningShop.start(CLOUD_MAP.nameserver())) {
            long[] left = new long[1];

            shop.stock().get().uri("/events").exchange((request, response) -> {
                int read = response.getBody().read();
                left[0] = System.nanoTime();
                return read;
            });

            assertThat(Duration.ofNanos(System.nanoTime() - left[0])).isLessThan(Duration.ofSeconds(5));
            shop.assertNoneEjected(2);
        }
    }

    @Test
    void aBodyOf300MegabytesIsReadWithAHeapOf128Megabytes() throws Exception {
        endpoints.behave(BackendBehaviour.answeringBytes(300_000_000));

        OwnJvm.Result result = OwnJvm.of(LargeBodies.class)
                .options("-Xmx128m")
                .arguments(RunningShop.arguments(CLOUD_MAP.nameserver()))
                .run(Duration.ofMinutes(2));

        assertThat(result.output()).contains("downloaded 300000000");
    }
}
