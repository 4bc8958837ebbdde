package dev.tradingplatform.signal.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A browser's view of the event stream, over a real port. */
// An interrupt does not end a read from a socket
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventStreamTest {

    private final List<FakeStockService> replicas = List.of(new FakeStockService(), new FakeStockService());
    private final Platform platform = Platform.with(replicas, "signals.discovery.subscribers=3");

    EventStreamTest() {
        replicas.forEach(replica -> replica.store("SPY", SampleBars.randomWalk(1, 50), 17));
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void beginsAtOnceWithWhatDiscoveryShows() throws IOException {
        assertThat(platform.get("signals/SPY").statusCode()).isEqualTo(200);
        try (Subscriber subscriber = subscribe()) {
            JsonNode event = subscriber.next();

            JsonNode asked =
                    JsonMapper.shared().readTree(platform.get("discovery").body());
            JsonNode endpoint = event.at("/services/0/endpoints/0");
            assertThat(endpoint.propertyNames())
                    .isEqualTo(asked.at("/services/0/endpoints/0").propertyNames());
            assertThat(endpoint.propertyNames())
                    .containsExactlyInAnyOrder(
                            "endpoint", "ip", "port", "state", "reason", "firstSeen", "lastSeen", "traffic");
            assertThat(endpoint.get("traffic").propertyNames())
                    .containsExactlyInAnyOrder("inFlight", "attempts", "failures", "share", "p50Millis", "p95Millis");
            assertThat(event.at("/services/0").propertyNames())
                    .containsExactlyInAnyOrder("service", "record", "stale", "ttlLeftSeconds", "problem", "endpoints");
            assertThat(event.at("/services/0/record").asString()).isEqualTo("SRV");
            assertThat(event.at("/services/0/ttlLeftSeconds").asDouble()).isBetween(1.0, 60.0);
            assertThat(endpoint.get("ip").asString()).isEqualTo("127.0.0.1");
            assertThat(endpoint.get("state").asString()).isEqualTo("ACTIVE");
            assertThat(endpoint.get("reason").asString()).isNotBlank();
        }
    }

    @Test
    void beatsEachSecondWithoutAnyChange() throws IOException {
        try (Subscriber subscriber = subscribe()) {
            List<Duration> gaps = new ArrayList<>();
            Instant before = asOf(subscriber);
            for (int i = 0; i < 5; i++) {
                Instant now = asOf(subscriber);
                gaps.add(Duration.between(before, now));
                before = now;
            }

            gaps.sort(Comparator.naturalOrder());
            assertThat(gaps.get(2)).isBetween(Duration.ofMillis(900), Duration.ofMillis(1900));
        }
    }

    @Test
    void tellsOfADeadReplicaSoonerThanTheNextBeat() throws IOException {
        platform.get("signals/SPY");
        try (Subscriber subscriber = subscribe()) {
            subscriber.next();
            String dead = "127.0.0.1:" + replicas.getFirst().url().getPort();
            replicas.getFirst().close();
            Instant killed = Instant.now();
            // until a call finds out, nobody can know
            for (int i = 0; i < 10; i++) {
                platform.get("signals/SPY");
            }

            JsonNode event = subscriber.next();
            while (!state(event, dead).equals("EJECTED")) {
                event = subscriber.next();
            }

            assertThat(Instant.parse(event.get("asOf").asString())).isBefore(killed.plusSeconds(2));
        }
    }

    @Test
    void wakesOnAChangeAndNotOnlyOnTheBeat() throws IOException {
        try (Subscriber subscriber = subscribe()) {
            subscriber.next();
            List<Duration> gaps = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Instant first = asOf(subscriber);
                platform.bean(Changes.class).count();
                gaps.add(Duration.between(first, asOf(subscriber)));
            }

            assertThat(Collections.min(gaps)).isLessThan(Duration.ofMillis(700));
        }
    }

    private static Instant asOf(Subscriber subscriber) throws IOException {
        return Instant.parse(subscriber.next().get("asOf").asString());
    }

    @Test
    void refusesMoreSubscribersThanThereIsRoomForAndTakesThemWhenOneHasGone() throws IOException {
        List<Subscriber> seated = List.of(subscribe(), subscribe(), subscribe());
        seated.forEach(Subscriber::next);

        HttpResponse<String> refused = platform.get("discovery/stream");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(refused.body()).contains("urn:problem:too-many-subscribers");
        for (Subscriber subscriber : seated) {
            subscriber.close();
        }
        Instant latest = Instant.now().plusSeconds(10);
        int status = 503;
        while (status == 503 && Instant.now().isBefore(latest)) {
            HttpResponse<InputStream> again = platform.open("discovery/stream");
            status = again.statusCode();
            again.body().close();
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void endsCleanlyAndSoonWhenTheServiceStops() throws IOException {
        try (Subscriber subscriber = subscribe()) {
            subscriber.next();
            Instant begun = Instant.now();

            platform.stopService();

            assertThat(Duration.between(begun, Instant.now()))
                    .as("far from the 30 s that requests under way are waited for")
                    .isLessThan(Duration.ofSeconds(10));
            assertThat(subscriber.rest())
                    .as("the end, and no broken connection")
                    .isNotNull();
        }
    }

    @Test
    void subscriberWhoDoesNotReadHoldsUpNeitherOthersNorTheEnd() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(1024);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), platform.port()));
            deaf.getOutputStream()
                    .write("GET /api/v1/discovery/stream HTTP/1.1\r\nHost: x\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            Changes changes = platform.bean(Changes.class);
            try (Subscriber subscriber = subscribe()) {
                // far more than fits into the buffers between a server and a client that does not read
                for (int i = 0; i < 20_000; i++) {
                    changes.count();
                    if (i % 100 == 0) {
                        subscriber.next();
                    }
                }
            }
            Instant begun = Instant.now();

            platform.stopService();

            assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void askingForTheHeadOnlyTakesNoSeat() throws IOException {
        for (int i = 0; i < 4; i++) {
            assertThat(platform.send(
                                    platform.request("discovery/stream")
                                            .method("HEAD", HttpRequest.BodyPublishers.noBody())
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private static String state(JsonNode event, String endpoint) {
        return event.at("/services/0/endpoints")
                .valueStream()
                .filter(each -> each.get("endpoint").asString().equals(endpoint))
                .map(each -> each.get("state").asString())
                .findFirst()
                .orElse("");
    }

    private Subscriber subscribe() {
        HttpResponse<InputStream> response = platform.open("discovery/stream", "Accept", "text/event-stream");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
        return new Subscriber(response.body());
    }

    private record Subscriber(BufferedReader lines) implements AutoCloseable {

        Subscriber(InputStream body) {
            this(new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8)));
        }

        JsonNode next() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("data: ")) {
                        return JsonMapper.shared().readTree(line.substring("data: ".length()));
                    }
                }
                throw new IllegalStateException("the stream has ended");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** What comes until the server ends the stream. */
        List<String> rest() {
            return lines.lines().toList();
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }
}
