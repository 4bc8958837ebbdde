package dev.tradingplatform.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, started at the same moment on one file that is not there yet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicasTest {

    private static final String BARS = "date,open,high,low,close,volume\n2024-01-02,1,2,0.5,1.5,10\n";

    private List<StockProcess> processes = List.of();
    private List<StockCalls> replicas = List.of();

    @BeforeAll
    void startAllAtOnce(@TempDir Path directory) {
        Path file = directory.resolve("stock.db");
        processes = IntStream.range(0, 3)
                .mapToObj(i -> StockProcess.on(file, "replica-" + i))
                .toList();
        replicas = processes.stream().map(StockProcess::calls).toList();
    }

    @AfterAll
    void stop() {
        processes.forEach(StockProcess::close);
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
}
