package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.discovery.test.Backend;
import dev.tradingplatform.discovery.test.BackendBehaviour;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.net.InetAddress;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, formats and entity tags of answers about one ticker. */
@Timeout(60)
class KeptAnswersTest {

    private final FakeStockService replica = new FakeStockService();
    private final Platform platform = Platform.with(List.of(replica), "discovery.deadline=3s");

    KeptAnswersTest() {
        replica.store("SPY", SampleBars.closes(10, 9, 11, 12, 8), 17);
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signals/SPY", "bars/SPY", "indicators/SPY?i=obv", "backtests/SPY", "bars/SPY?format=csv"})
    void everyAnswerSaysInItsHeadWhereItsBarsCameFrom(String path) {
        HttpResponse<String> answer = platform.get(path);

        assertThat(answer.headers().firstValue("Source-Endpoint"))
                .contains("127.0.0.1:" + replica.url().getPort());
        assertThat(answer.headers().firstValue("Source-Revision")).contains("17");
        assertThat(answer.headers().firstValue("Source-Stale")).contains("false");
        assertThat(answer.headers().firstValue("Source-As-Of").orElseThrow()).endsWith("Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bars/SPY", "indicators/SPY?i=obv", "backtests/SPY", "backtests/SPY?format=csv"})
    void whoHasAnAnswerIsTold304WithTheSourceOfNow(String path) {
        String tag = platform.get(path).headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> answer = platform.get(path, "If-None-Match", tag);

        assertThat(answer.statusCode()).isEqualTo(304);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().allValues("ETag")).containsExactly(tag);
        assertThat(answer.headers().firstValue("Source-Revision")).contains("17");
        replica.store("SPY", SampleBars.closes(10, 9, 11, 12, 8, 9), 18);
        assertThat(platform.get(path, "If-None-Match", tag).statusCode()).isEqualTo(200);
    }

    @Test
    void tagOfOneFormatIsNotThatOfAnother() {
        String tag = platform.get("bars/SPY").headers().firstValue("ETag").orElseThrow();

        assertThat(platform.get("bars/SPY", "Accept", "text/csv", "If-None-Match", tag)
                        .statusCode())
                .isEqualTo(200);
        assertThat(platform.get("bars/SPY")
                        .headers()
                        .firstValue("Vary")
                        .orElseThrow()
                        .split(","))
                .anyMatch("Accept"::equalsIgnoreCase);
    }

    @Test
    void staleAnswerIsNotToBeKept() {
        String tag = platform.get("bars/SPY").headers().firstValue("ETag").orElseThrow();
        replica.close();

        HttpResponse<String> answer = platform.get("bars/SPY", "If-None-Match", tag);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Source-Stale")).contains("true");
        assertThat(answer.headers().firstValue("Source-Stale-Seconds")).isPresent();
    }

    @Test
    void signalOfNowIsNeverKept() {
        HttpResponse<String> answer = platform.get("signals/SPY");

        assertThat(answer.headers().firstValue("ETag")).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void barsAreATable() {
        HttpResponse<String> answer = platform.get("bars/SPY?format=csv&last=2");

        assertThat(answer.body()).isEqualTo("""
                timestamp,open,high,low,close,volume
                2020-01-04T00:00:00Z,12,12,12,12,1000
                2020-01-05T00:00:00Z,8,8,8,8,1000
                """);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/csv;charset=UTF-8");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"SPY-bars.csv\"");
    }

    @Test
    void indicatorsAreATableWithNothingBeforeWarmUp() {
        assertThat(platform.get("indicators/SPY?i=sma:2,bbands:2:1", "Accept", "text/csv")
                        .body())
                .startsWith("""
                timestamp,sma:2,bbands:2:1.middle,bbands:2:1.upper,bbands:2:1.lower
                2020-01-01T00:00:00Z,,,,
                2020-01-02T00:00:00Z,9.5,9.5,10,9
                2020-01-03T00:00:00Z,10,10,11,9
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv                              | text/csv;charset=UTF-8",
                "application/json                      | application/json",
                "*/*                                   | application/json",
                "text/html,*/*;q=0.8                   | application/json",
                "application/json;q=0.5,text/csv;q=0.9 | text/csv;charset=UTF-8",
                "text/*                                | text/csv;charset=UTF-8",
                "application/json;q=0, */*             | text/csv;charset=UTF-8",
                "*/*;q=0.1, application/json;q=0.05    | text/csv;charset=UTF-8"
            })
    void formatIsWhatTheClientLikesBest(String accept, String type) {
        assertThat(platform.get("bars/SPY", "Accept", accept).headers().firstValue("Content-Type"))
                .contains(type);
    }

    @Test
    void formatNobodyCanGiveIs406AndBadParametersAreProblemsInEveryFormat() {
        assertThat(platform.get("bars/SPY", "Accept", "image/png").statusCode()).isEqualTo(406);
        assertThat(platform.get("bars/SPY", "Accept", "foo").statusCode()).isEqualTo(406);
        HttpResponse<String> refused = platform.get("bars/SPY?last=x", "Accept", "text/csv");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void deadlineIsPassedOnToStockService() {
        platform.get("signals/SPY");

        assertThat(replica.timeouts())
                .singleElement()
                .satisfies(left -> assertThat(Integer.parseInt(left)).isBetween(1, 3_000));
    }

    @Test
    void replicaThatNeverAnswersIs504WithinTheDeadline() {
        CountDownLatch end = new CountDownLatch(1);
        replica.beforeEachAnswer(() -> {
            try {
                assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        HttpResponse<String> answer = platform.get("signals/SPY");
        end.countDown();

        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(answer.body()).contains("urn:problem:upstream-timeout");
    }

    @Test
    void replicaWhoseAnswerNeverEndsIs504WithinTheDeadline() {
        platform.deregisterAll();
        try (Backend dripping = Backend.start(InetAddress.getLoopbackAddress(), 0)) {
            dripping.behave(BackendBehaviour.drippingHeaders(Duration.ofMillis(20)));
            platform.register(dripping.address().getPort());

            HttpResponse<String> answer = platform.get("signals/SPY");

            assertThat(answer.statusCode()).isEqualTo(504);
            assertThat(answer.body()).contains("urn:problem:upstream-timeout");
        }
    }
}
