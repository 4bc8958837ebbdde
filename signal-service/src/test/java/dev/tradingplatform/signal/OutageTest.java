package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients of signal-service get while stock-service fails. */
@Timeout(120)
class OutageTest {

    private static final Bars BARS = SampleBars.randomWalk(1, 50);
    private static final String LONG_BODY = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
            + "Content-Length: 1000000\r\n\r\n{\"revision\":17,\"data\":[";

    private final FakeStockService replica = new FakeStockService();
    private final Platform platform = Platform.with(
            List.of(replica),
            "discovery.deadline=5m",
            "discovery.read-timeout=1s",
            "signals.stale-after=2s",
            "signals.screen.parallelism=4");

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void copyIsServedLongBeforeTheDeadline() {
        replica.store("SPY", BARS, 17);
        platform.get("signals/SPY");
        replica.close();

        HttpResponse<String> answer = platform.get("signals/SPY");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Source-Stale")).contains("true");
    }

    @Test
    void copyIsServedWhenTheReplicaIsSlow() {
        replica.store("SPY", BARS, 17);
        platform.get("signals/SPY");
        platform.deregisterAll();
        replica.close();
        try (Backend slow = Backend.start()) {
            slow.behave(BackendBehaviour.silent());
            platform.register(slow.address().getPort());

            assertThat(platform.get("signals/SPY").headers().firstValue("Source-Stale"))
                    .contains("true");
        }
    }

    @Test
    void screenOfManyCopiesDoesNotWaitForEachOfThem() {
        IntStream.range(0, 60).forEach(i -> replica.store("T" + i, BARS, 17));
        platform.get("signals?tickers=*");
        replica.close();
        long begin = System.nanoTime();

        JsonNode rows = JsonMapper.shared()
                .readTree(
                        platform.get("signals?tickers=*&strategy=rsi-reversion").body());

        assertThat(rows).hasSize(60);
        assertThat(rows.valueStream()).allMatch(row -> row.at("/source/stale").asBoolean());
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .as("60 tickers, 4 at a time, 2 s each, are 30 s")
                .isLessThan(Duration.ofSeconds(15));
    }

    @Test
    void longAnswerThatBreaksOffIsRequestedAgain() {
        assertRequestedAgainAfter(connection -> {
            connection.execute();
            connection.write(LONG_BODY);
            connection.reset();
            return false;
        });
    }

    @Test
    void longAnswerThatStopsInTheMiddleIsRequestedAgain() {
        assertRequestedAgainAfter(connection -> {
            connection.execute();
            connection.write(LONG_BODY);
            connection.pause(BackendBehaviour.FOREVER);
            return false;
        });
    }

    private void assertRequestedAgainAfter(BackendBehaviour failing) {
        try (Backend backend = Backend.start()) {
            backend.behave(BackendBehaviour.inTurn(
                    failing, BackendBehaviour.answering(200, """
                            {"revision":17,"data":[{"timestamp":"2024-01-02T00:00:00Z",\
                            "open":1,"high":1,"low":1,"close":1,"volume":1}],"next":null}""", "Content-Type: application/json")));
            platform.deregisterAll();
            platform.register(backend.address().getPort());

            HttpResponse<String> answer = platform.get("bars/SPY");

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Source-Stale")).contains("false");
            assertThat(answer.headers().firstValue("Source-Endpoint")).contains(backend.name());
            assertThat(backend.executed())
                    .filteredOn(request -> request.path().startsWith("/api/v1/data/SPY?"))
                    .hasSize(2);
        }
    }
}
