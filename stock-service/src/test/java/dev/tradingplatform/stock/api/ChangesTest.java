package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.Eventually;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest extends ApiServer {

    private static final String BARS =
            HEADER + "2024-01-02,1,2,0.5,1.5,10\n2024-01-03,1,2,0.5,1.5,10\n" + "2024-01-04,1,2,0.5,1.5,10\n";

    @Test
    void namesTheFirstBarThatChangedSinceTheNumber() {
        api().post("/api/v1/data/FIRST", CSV, BARS);
        long after = last();

        api().post("/api/v1/data/FIRST", CSV, BARS.replace("2024-01-04,1,2", "2024-01-04,1,3"));
        long later = last();
        api().post("/api/v1/data/FIRST", CSV, BARS.replace("2024-01-03,1,2", "2024-01-03,1,3"));

        assertThat(changed(after)).isEqualTo("FIRST 1d 3 3 2024-01-03T00:00:00Z");
        assertThat(changed(later)).isEqualTo("FIRST 1d 3 3 2024-01-03T00:00:00Z");
        assertThat(last()).isEqualTo(after + 2);
    }

    @Test
    void unchangedBarsRefusedFilesAndDryRunsAreNoChanges() {
        api().post("/api/v1/data/SAME", CSV, BARS);
        long before = last();

        api().post("/api/v1/data/SAME", CSV, BARS);
        api().post("/api/v1/data/SAME", CSV, BARS + "2024-01-05,1,2,0.5,9,10\n");
        api().post("/api/v1/data/SAME?dryRun=true", CSV, HEADER + "2024-01-08,1,2,0.5,1.5,10\n");
        api().post("/api/v1/data/SAME?mode=insert", CSV, BARS + "2024-01-08,1,2,0.5,1.5,10\n");

        assertThat(last()).isEqualTo(before);
    }

    @Test
    void singleBarsDeletionsAndSplitsAreChanges() {
        api().post("/api/v1/data/KINDS", CSV, BARS);
        long put = last();
        api().put("/api/v1/data/KINDS/2024-01-03", "{\"open\":1,\"high\":2,\"low\":1,\"close\":1,\"volume\":3}");
        long delete = last();
        api().delete("/api/v1/data/KINDS/2024-01-04");
        long split = last();
        api().put("/api/v1/data/KINDS/splits", "[{\"timestamp\":\"2024-01-03\",\"numerator\":2,\"denominator\":1}]");
        long all = last();
        api().delete("/api/v1/data/KINDS?all=true");

        assertThat(changed(put)).endsWith("2024-01-02T00:00:00Z");
        assertThat(changed(all)).isEqualTo("KINDS 1d 5 0 2024-01-02T00:00:00Z");
        assertThat(delete).isEqualTo(put + 1);
        assertThat(split).isEqualTo(delete + 1);
        assertThat(all).isEqualTo(split + 1);
        assertThat(last()).isEqualTo(all + 1);
    }

    @Test
    void importOfManyTickersNumbersEachOfThem() {
        long before = last();

        api().post("/api/v1/data", CSV, "ticker," + HEADER + "N1,2024-01-02,1,1,1,1,1\nN2,2024-01-02,1,1,1,1,1\n");

        Answer page = api().get("/api/v1/changes?after=" + before);
        assertThat(page.at("/data").size()).isEqualTo(2);
        assertThat(page.at("/next").asLong()).isEqualTo(before + 2);
        assertThat(page.at("/last").asLong()).isEqualTo(before + 2);
    }

    @Test
    void waitWithoutAChangeEndsWithAnEmptyPage() {
        long last = last();

        Answer answer = api().get("/api/v1/changes?wait=1s&after=" + last);

        assertThat(answer.body()).isEqualTo("{\"data\":[],\"next\":%1$d,\"last\":%1$d}".formatted(last));
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void numberThatWasNeverGivenIsRefused() {
        Answer answer = api().get("/api/v1/changes?wait=20s&after=" + (last() + 1));

        assertThat(answer.status()).isEqualTo(410);
        assertThat(answer.text("/type")).isEqualTo("urn:problem:unknown-change");
        assertThat(answer.text("/detail")).contains("after=0");
    }

    @ParameterizedTest
    @CsvSource({
        "after=-1, after",
        "after=x, after",
        "limit=0, limit",
        "limit=1001, limit",
        "wait=61s, wait",
        "wait=1m, wait"
    })
    void parametersOutOfRangeAreRefused(String query, String field) {
        Answer answer = api().get("/api/v1/changes?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
    }

    @Test
    void shutdownAnswersWaitingReadersAtOnce(@TempDir Path directory) {
        CompletableFuture<Answer> waiting;
        try (StockServer server = StockServer.on(directory.resolve("stock.db"))) {
            StockCalls calls = server.calls();
            long first = calls.get("/api/v1/changes").at("/last").asLong();
            waiting = CompletableFuture.supplyAsync(() -> calls.get("/api/v1/changes?wait=60s&after=" + first));
            ChangeWaiters waiters = server.part("changeWaiters", ChangeWaiters.class);
            Eventually.holds("the request waits", () -> waiters.count() == 1);
        }

        assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join().status()).isEqualTo(200);
    }

    @Test
    void readerBehindTheRemovedChangesLearnsThatAllBarsMayHaveChanged(@TempDir Path directory) {
        try (StockServer server = StockServer.on(directory.resolve("stock.db"), "--stock.changes.keep=1000")) {
            StockCalls calls = server.calls();
            calls.post("/api/v1/data/OLD", CSV, BARS);
            StringBuilder many = new StringBuilder("ticker," + HEADER);
            for (int i = 0; i < 1500; i++) {
                many.append("T").append(i).append(",2024-01-02,1,1,1,1,1\n");
            }
            calls.post("/api/v1/data", CSV, many.toString());

            Answer behind = calls.get("/api/v1/changes?after=0&limit=1");
            Answer recent = calls.get("/api/v1/changes?after=1000&limit=1");

            assertThat(behind.text("/data/0/ticker")).isEqualTo("OLD");
            assertThat(behind.at("/data/0/firstChanged").isNull()).isTrue();
            assertThat(recent.at("/data/0/number").asInt()).isEqualTo(1001);
            assertThat(recent.text("/data/0/firstChanged")).isEqualTo("2024-01-02T00:00:00Z");
        }
    }

    private String changed(long after) {
        Answer page = api().get("/api/v1/changes?after=" + after);
        return Stream.of("ticker", "timeframe", "revision", "count", "firstChanged")
                .map(name -> page.at("/data/0/" + name).asString())
                .collect(Collectors.joining(" "));
    }

    private long last() {
        return api().get("/api/v1/changes?limit=1").at("/last").asLong();
    }
}
