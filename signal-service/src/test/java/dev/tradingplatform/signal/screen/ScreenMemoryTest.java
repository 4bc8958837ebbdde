package dev.tradingplatform.signal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.SignalServiceApplication;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The service in a process of its own whose heap is smaller than the bars it screens. */
@Timeout(300)
class ScreenMemoryTest {

    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    @Test
    void heapOf96MegabytesScreensBarsOf120() throws Exception {
        Bars bars = SampleBars.randomWalk(1, 2_500);
        try (FakeStockService replica = new FakeStockService();
                HttpClient client = HttpClient.newHttpClient()) {
            IntStream.range(0, 1_000).forEach(i -> replica.store("T" + i, bars, 1));
            Process service = start(replica);
            try {
                String screens =
                        "http://127.0.0.1:" + port(service) + "/api/v1/signals?tickers=*&format=ndjson&strategy=";
                for (String strategy : new String[] {"sma-cross", "rsi-reversion"}) {
                    HttpResponse<String> answer = client.send(
                            HttpRequest.newBuilder(URI.create(screens + strategy))
                                    .timeout(Duration.ofMinutes(2))
                                    .build(),
                            BodyHandlers.ofString());

                    assertThat(answer.body().lines())
                            .hasSize(1_000)
                            .allMatch(row -> row.contains("\"ready\":true") && row.contains("\"stale\":false"));
                }
                assertThat(service.isAlive()).isTrue();
            } finally {
                service.destroyForcibly();
                assertThat(service.waitFor(20, TimeUnit.SECONDS)).isTrue();
            }
        }
    }

    private static Process start(FakeStockService replica) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx96m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SignalServiceApplication.class.getName(),
                        "--server.port=0",
                        "--signals.stock-service=" + replica.url(),
                        "--signals.kept-bars=200000",
                        "--signals.computed.kept-numbers=500000")
                .redirectErrorStream(true)
                .start();
    }

    private static int port(Process service) throws IOException {
        BufferedReader log =
                new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8));
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                Thread.ofVirtual().start(() -> log.lines().forEach(_ -> {}));
                return Integer.parseInt(started.group(1));
            }
        }
        throw new IllegalStateException("the service ended before it began");
    }
}
