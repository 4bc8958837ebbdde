package dev.tradingplatform.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockReplicas;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Three processes, started at the same moment on one database that is not there yet. */
@ParameterizedClass
@EnumSource(TestStorage.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasTest {

    private static final String BARS = "date,open,high,low,close,volume\n2024-01-02,1,2,0.5,1.5,10\n";
    private static final int ROUNDS = 30;

    @Parameter
    TestStorage storage = TestStorage.WRITE_AHEAD;

    private @Nullable StockReplicas started;
    private List<StockCalls> replicas = List.of();

    @BeforeParameterizedClassInvocation(injectArguments = false)
    void startAllAtOnce(@TempDir Path directory) {
        StockReplicas all = StockReplicas.start(storage, directory, 3);
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
    void areAllReady() {
        assertThat(replicas)
                .allSatisfy(replica -> assertThat(
                                replica.get("/actuator/health/readiness").status())
                        .isEqualTo(200));
    }

    @Test
    void nameThemselves() {
        assertThat(replicas)
                .extracting(replica -> replica.get("/api/v1/tickers").header("X-Served-By"))
                .containsExactly("replica-0", "replica-1", "replica-2");
    }

    @Test
    void readWhatAnotherWroteUnderTheSameTag() {
        replicas.getFirst().post("/api/v1/data/SHARED", "text/csv", BARS);

        List<Answer> answers = replicas.stream()
                .map(replica -> replica.get("/api/v1/data/SHARED"))
                .toList();

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(answers)
                .extracting(Answer::body)
                .containsOnly(answers.getFirst().body());
        assertThat(answers)
                .extracting(answer -> answer.header("ETag"))
                .containsOnly(answers.getFirst().header("ETag"));
        assertThat(replicas.getLast()
                        .get(
                                "/api/v1/data/SHARED",
                                "If-None-Match",
                                answers.getFirst().header("ETag"))
                        .status())
                .isEqualTo(304);
    }

    @Test
    void loseNoUpdateWhenAllWriteAtFullSpeed() {
        List<CompletableFuture<Tally>> clients = replicas.stream()
                .flatMap(replica -> Stream.of(replica, replica))
                .map(replica -> CompletableFuture.supplyAsync(
                        () -> count(replica),
                        Executors.newThreadPerTaskExecutor(
                                Thread.ofPlatform().daemon().factory())))
                .toList();
        List<Tally> tallies = clients.stream()
                .map(client -> client.orTimeout(120, TimeUnit.SECONDS).join())
                .toList();

        assertThat(tallies).flatExtracting(Tally::strange).isEmpty();
        Answer bar = replicas.getFirst().get("/api/v1/data/COUNTER/2024-01-02");
        int counted = tallies.stream().mapToInt(Tally::counted).sum();
        assertThat(bar.at("/volume").asInt()).isEqualTo(counted);
        assertThat(counted).as("all but those that were told to come back").isPositive();
        assertThat(bar.header("ETag")).as("one version for each change").isEqualTo("\"" + counted + "\"");
    }

    /** Adds one to a bar, again and again, as clients do that know of each other. */
    private static Tally count(StockCalls replica) {
        int counted = 0;
        List<String> strange = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            Answer now = replica.get("/api/v1/data/COUNTER/2024-01-02");
            boolean first = now.status() == 404;
            int next = first ? 1 : now.at("/volume").asInt() + 1;
            Answer put = replica.put(
                    "/api/v1/data/COUNTER/2024-01-02",
                    "{\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":" + next + "}",
                    first ? "If-None-Match" : "If-Match",
                    first ? "*" : now.header("ETag"));
            switch (put.status()) {
                case 200, 201 -> counted++;
                case 412 -> {}
                case 503 -> {
                    if (put.header("Retry-After").isEmpty()) {
                        strange.add("503 without Retry-After");
                    }
                }
                default -> strange.add(put.status() + " " + put.body());
            }
        }
        return new Tally(counted, strange);
    }

    /**
     * What one client met.
     *
     * @param counted changes that were acknowledged
     * @param strange answers that nobody should get
     */
    private record Tally(int counted, List<String> strange) {}
}
