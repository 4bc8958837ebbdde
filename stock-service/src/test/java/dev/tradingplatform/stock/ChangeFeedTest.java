package dev.tradingplatform.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockReplicas;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two replicas on one database, and readers of the change feed of both. */
@ParameterizedClass
@EnumSource(TestStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeFeedTest {

    private static final int WRITERS = 4;
    private static final int WRITES = 40;
    private static final String HEADER = "date,open,high,low,close,volume\n";
    private static final Executor THREADS = task -> Thread.ofPlatform().daemon().start(task);

    @Parameter
    TestStorage storage = TestStorage.WRITE_AHEAD;

    private @Nullable StockReplicas started;
    private List<StockCalls> replicas = List.of();

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void start(@TempDir Path directory) {
        StockReplicas all = StockReplicas.start(storage, directory, 2);
        started = all;
        replicas = all.calls();
    }

    @AfterParameterizedClassInvocation(injectArguments = false)
    void stop() {
        StockReplicas all = started;
        if (all != null) {
            all.close();
        }
    }

    @Test
    void readerSeesEveryChangeInTheOrderOfItsNumberWhileAllReplicasWrite() {
        long begin = last();
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(() -> write(writer), THREADS))
                .toList();

        TreeMap<String, Long> revisions = new TreeMap<>();
        long after = begin;
        boolean finished = false;
        while (!finished || after < last()) {
            finished = writers.stream().allMatch(CompletableFuture::isDone);
            Answer page = replicas.get((int) (after % 2)).get("/api/v1/changes?limit=7&wait=1s&after=" + after);
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            for (int i = 0; i < page.at("/data").size(); i++) {
                long number = page.at("/data/" + i + "/number").asLong();
                assertThat(number).isGreaterThan(after);
                after = number;
                revisions.put(
                        page.text("/data/" + i + "/ticker"),
                        page.at("/data/" + i + "/revision").asLong());
            }
        }

        writers.forEach(writer -> writer.orTimeout(120, TimeUnit.SECONDS).join());
        assertThat(revisions).hasSize(WRITERS);
        for (int writer = 0; writer < WRITERS; writer++) {
            assertThat(revisions)
                    .as("the last revision of each series is among the changes that were read")
                    .containsEntry(
                            "WRITER" + writer,
                            replicas.getFirst()
                                    .get("/api/v1/data/WRITER" + writer)
                                    .at("/revision")
                                    .asLong());
        }
    }

    @Test
    void waitingReaderIsAnsweredWhenAnotherReplicaWrites() {
        long begin = last();
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                () -> replicas.getFirst().get("/api/v1/changes?wait=60s&after=" + begin), THREADS);

        replicas.getLast().post("/api/v1/data/AWAITED", "text/csv", HEADER + "2024-01-02,1,2,0.5,1.5,10\n");

        Answer answer = waiting.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(answer.body())
                .isEqualTo(("{\"data\":[{\"number\":%1$d,\"ticker\":\"AWAITED\",\"timeframe\":\"1d\",\"revision\":1,"
                                + "\"count\":1,\"firstChanged\":\"2024-01-02T00:00:00Z\"}],\"next\":%1$d,\"last\":%1$d}")
                        .formatted(begin + 1));
    }

    private void write(int writer) {
        StockCalls replica = replicas.get(writer % 2);
        for (int day = 1; day <= WRITES; day++) {
            String row = "%s,1,2,0.5,1.5,%d\n".formatted("2024-01-%02d".formatted(1 + day % 28), day);
            int status;
            do {
                status = replica.post("/api/v1/data/WRITER" + writer, "text/csv", HEADER + row)
                        .status();
            } while (status == 503);
            assertThat(status).isEqualTo(200);
        }
    }

    private long last() {
        return replicas.getFirst().get("/api/v1/changes?limit=1").at("/last").asLong();
    }
}
