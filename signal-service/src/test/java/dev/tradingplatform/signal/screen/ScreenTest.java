package dev.tradingplatform.signal.screen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.testing.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class ScreenTest {

    private static final String CROSS = "strategy=sma-cross&fast=1&slow=2";

    private final List<FakeStockService> replicas =
            List.of(new FakeStockService(), new FakeStockService(), new FakeStockService());
    private final Platform platform = Platform.with(replicas, "signals.screen.parallelism=4");

    @AfterEach
    void close() {
        platform.close();
    }

    private void store(String ticker, Bars bars) {
        replicas.forEach(replica -> replica.store(ticker, bars, 17));
    }

    /** One that buys, one that sells, and one that has bought before. */
    private void storeThree() {
        store("BUYS", SampleBars.closes(10, 9, 11));
        store("SELLS", SampleBars.closes(10, 11, 9));
        store("HOLDS", SampleBars.closes(10, 9, 11, 12));
    }

    @Test
    void everyTickerIsARowWithItsSignalStrengthAndSource() {
        storeThree();

        JsonNode rows = rows("signals?tickers=*&" + CROSS);

        assertThat(rows).hasSize(3);
        JsonNode row = named(rows, "BUYS");
        assertThat(row.propertyNames())
                .containsExactly(
                        "ticker",
                        "timeframe",
                        "adjustment",
                        "signal",
                        "position",
                        "strength",
                        "asOf",
                        "since",
                        "price",
                        "reason",
                        "ready",
                        "source");
        assertThat(row.get("signal").asString()).isEqualTo("BUY");
        assertThat(row.get("position").asString()).isEqualTo("LONG");
        assertThat(row.get("strength").asDouble()).isGreaterThan(0.5);
        assertThat(row.get("since").asString()).isEqualTo("2020-01-03T00:00:00Z");
        assertThat(row.at("/source/revision").asInt()).isEqualTo(17);
        assertThat(row.at("/source/stale").asBoolean()).isFalse();
        assertThat(named(rows, "SELLS").get("signal").asString()).isEqualTo("SELL");
        assertThat(named(rows, "HOLDS").get("signal").asString()).isEqualTo("HOLD");
    }

    @Test
    void oneFailingTickerIsOneRowsErrorAndTheAnswerIs200() {
        storeThree();

        HttpResponse<String> answer = platform.get("signals?tickers=BUYS,NONE,SELLS,BUYS&" + CROSS);

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode rows = JsonMapper.shared().readTree(answer.body());
        assertThat(rows).hasSize(3);
        assertThat(named(rows, "NONE").toString())
                .isEqualTo("{\"ticker\":\"NONE\",\"error\":{\"type\":\"urn:problem:ticker-not-found\","
                        + "\"title\":\"Ticker not found\",\"status\":404,"
                        + "\"detail\":\"stock-service has no 1d bars of NONE\"}}");
        assertThat(named(rows, "SELLS").get("signal").asString()).isEqualTo("SELL");
    }

    @Test
    void signalLeavesOthersOutAndKeepsFailures() {
        storeThree();

        JsonNode rows = rows("signals?tickers=BUYS,SELLS,HOLDS,NONE&signal=BUY,SELL&sort=ticker&" + CROSS);

        assertThat(rows.valueStream().map(row -> row.get("ticker").asString()))
                .containsExactly("BUYS", "SELLS", "NONE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"signal=2 | 3", "signal=hold | 3", "signal=2,HOLD | 3", "signal=2,BUY | 0", "signal=BUY,SELL | 0"})
    void numberNamedSignalIsTheStrategysAndNoFilter(String signal, int rows) {
        storeThree();

        assertThat(rows("signals?tickers=*&strategy=macd-cross&fast=1&slow=2&" + signal))
                .hasSize(rows);
    }

    @Test
    void numberNamedSignalIsRefusedByStrategiesThatHaveNone() {
        assertThat(platform.get("signals?signal=5").body()).contains("no such parameter; there are: fast, slow");
    }

    @ParameterizedTest
    @CsvSource({
        "strength, SELLS HOLDS BUYS NONE",
        "-strength, BUYS HOLDS SELLS NONE",
        "ticker, BUYS HOLDS SELLS NONE",
        "-ticker, SELLS HOLDS BUYS NONE"
    })
    void sortsWithFailuresLast(String sort, String expected) {
        storeThree();

        JsonNode rows = rows("signals?tickers=NONE,HOLDS,SELLS,BUYS&sort=" + sort + "&" + CROSS);

        assertThat(String.join(
                        " ",
                        rows.valueStream()
                                .map(row -> row.get("ticker").asString())
                                .toList()))
                .isEqualTo(expected);
    }

    @Test
    void withoutAnyTickerItIsAnEmptyArray() {
        assertThat(platform.get("signals").body()).isEqualTo("[]\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "signal=UP         | signal   | buy or sell or hold",
                "sort=price        | sort     | strength, -strength, ticker or -ticker",
                "fast=30&slow=3    | fast     | less than slow, which is 3",
                "format=csv        | format   | json or ndjson",
                "tickers=A,,B      | ticker   | 1 to 32 letters, digits and . _ = ^ & / -, beginning with a letter, a digit or ^; a letter or digit follows each /"
            })
    void badParameterIs400(String query, String parameter, String expected) {
        HttpResponse<String> answer = platform.get("signals?" + query);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
        assertThat(problem.get("expected").asString()).isEqualTo(expected);
    }

    @Test
    void thousandTickersOf2500BarsAreSpreadOverAllReplicasAFewAtATime() {
        Bars bars = SampleBars.randomWalk(1, 2_500);
        IntStream.range(0, 1_000).forEach(i -> store("T" + i, bars));

        JsonNode rows = rows("signals?tickers=*");

        assertThat(rows).hasSize(1_000);
        assertThat(rows.valueStream().map(row -> row.get("ticker").asString()).distinct())
                .hasSize(1_000);
        assertThat(rows.valueStream()).allMatch(row -> row.get("ready").asBoolean());
        for (FakeStockService replica : replicas) {
            assertThat(replica.log()).as("calls at one replica").hasSizeGreaterThan(200);
        }
        assertThat(replicas.stream().mapToInt(FakeStockService::mostUnderWay).sum())
                .as("at once, all replicas' most together")
                .isLessThanOrEqualTo(12);
    }

    @Test
    void unchangedTickersAreOneCallTheSecondTime() {
        IntStream.range(0, 50).forEach(i -> store("T" + i, SampleBars.randomWalk(i, 100)));
        JsonNode first = rows("signals?tickers=*&sort=ticker");
        int calls = calls();
        replicas.forEach(replica -> replica.store("T7", SampleBars.randomWalk(99, 100), 18));

        JsonNode second = rows("signals?tickers=*&sort=ticker");

        // the list, and the one that has changed
        assertThat(calls() - calls).isEqualTo(2);
        assertThat(second).hasSize(50);
        assertThat(named(second, "T7").at("/source/revision").asInt()).isEqualTo(18);
        assertThat(named(second, "T8").get("strength"))
                .isEqualTo(named(first, "T8").get("strength"));
    }

    @ParameterizedTest
    @CsvSource({"*/*, '[', ','", "application/x-ndjson, '', ''"})
    void rowsComeAsSoonAsTheyAreComputed(String accept, String before, String behind) throws IOException {
        IntStream.range(0, 20).forEach(i -> store("T" + i, SampleBars.randomWalk(i, 100)));
        Semaphore mayAnswer = new Semaphore(2);
        replicas.forEach(replica -> replica.beforeEachAnswer(() -> take(mayAnswer)));

        // the list and one ticker are answered; all others wait
        HttpResponse<InputStream> answer = platform.open("signals?tickers=*", "Accept", accept);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            StringBuilder begun = new StringBuilder();
            while (!begun.toString().contains("}}")) {
                begun.append((char) lines.read());
            }
            assertThat(begun.toString().strip()).startsWith((before + "\n{\"ticker\":\"T").strip());

            mayAnswer.release(1_000);
            List<String> rest = lines.lines().toList();
            assertThat(rest.getFirst()).isEqualTo(behind);
            assertThat(rest.stream().filter(line -> line.startsWith("{"))).hasSize(19);
        }
    }

    @Test
    void clientWhoGoesAwayEndsTheWork() throws IOException {
        Bars bars = SampleBars.randomWalk(1, 50);
        IntStream.range(0, 1_000).forEach(i -> store("T" + i, bars));
        Semaphore mayAnswer = new Semaphore(10);
        replicas.forEach(replica -> replica.beforeEachAnswer(() -> take(mayAnswer)));
        HttpResponse<InputStream> answer = platform.open("signals?tickers=*");
        assertThat(answer.body().read()).isEqualTo('[');

        answer.body().close();
        mayAnswer.release(100_000);

        assertThat(untilItStandsStill())
                .as("calls, of 1,001 there would have been")
                .isLessThan(900);
    }

    /** No call for a second means that nobody makes any. */
    private int untilItStandsStill() {
        int before = -1;
        Instant since = Instant.now();
        while (Instant.now().isBefore(since.plusSeconds(1))) {
            if (before != calls()) {
                before = calls();
                since = Instant.now();
            }
            Thread.onSpinWait();
        }
        return before;
    }

    @Test
    void replicaKilledMeanwhileCostsNoRow() throws IOException {
        Bars bars = SampleBars.randomWalk(1, 200);
        IntStream.range(0, 300).forEach(i -> store("T" + i, bars));
        Semaphore mayAnswer = new Semaphore(30);
        replicas.forEach(replica -> replica.beforeEachAnswer(() -> take(mayAnswer)));
        HttpResponse<InputStream> answer =
                platform.open("signals?tickers=*&strategy=rsi-reversion", "Accept", "application/x-ndjson");
        List<String> rows = Collections.synchronizedList(new ArrayList<>());
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                rows.add(line);
                if (rows.size() == 20) {
                    replicas.get(1).close();
                    mayAnswer.release(1_000);
                }
            }
        }

        assertThat(rows).hasSize(300).noneMatch(row -> row.contains("\"error\""));
        assertThat(replicas.get(1).log().size())
                .as("calls at the one that died")
                .isBetween(1, 30);
    }

    @Test
    void rowsAreStaleButThereWhenNoReplicaIsLeft() {
        storeThree();
        rows("signals?tickers=*&" + CROSS);
        replicas.forEach(FakeStockService::close);

        JsonNode rows = rows("signals?tickers=*&" + CROSS);

        assertThat(rows).hasSize(3);
        assertThat(rows.valueStream()).allMatch(row -> row.at("/source/stale").asBoolean());
    }

    @Test
    void withoutAReplicaOrACopyTheListIs503() {
        FakeStockService dead = new FakeStockService();
        dead.close();
        try (Platform own = Platform.with(List.of(dead), "discovery.deadline=1s")) {
            assertThat(own.get("signals?tickers=*").statusCode()).isEqualTo(503);
            assertThat(own.get("signals?tickers=A").statusCode()).isEqualTo(200);
        }
    }

    private static void take(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int calls() {
        return replicas.stream().mapToInt(replica -> replica.log().size()).sum();
    }

    private JsonNode rows(String path) {
        HttpResponse<String> answer = platform.get(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return JsonMapper.shared().readTree(answer.body());
    }

    private static JsonNode named(JsonNode rows, String ticker) {
        return Stream.of(rows)
                .flatMap(JsonNode::valueStream)
                .filter(row -> row.get("ticker").asString().equals(ticker))
                .findFirst()
                .orElseThrow();
    }
}
