package dev.tradingplatform.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockProcess;
import dev.tradingplatform.stock.testing.TestStorage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service on a disk of its own that is really full; skipped where a process may not mount one for itself. */
class DiskFullTest {

    private static final int ROWS = 2000;
    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";

    /** Runs what follows in a mount namespace of its own, in which a directory is a small disk. */
    private static List<String> onDisk(Path directory, String size, String before) {
        String script = "mount -t tmpfs -o size=" + size + " tmpfs " + directory + " && " + before + " && exec \"$@\"";
        return List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script, "sh");
    }

    @BeforeAll
    static void mayMount(@TempDir Path directory) {
        boolean may;
        try {
            List<String> command = new ArrayList<>(onDisk(directory, "1m", "true"));
            command.add("true");
            may = new ProcessBuilder(command)
                            .start()
                            .onExit()
                            .orTimeout(20, TimeUnit.SECONDS)
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            may = false;
        }
        Assumptions.assumeTrue(may, "this user may not mount a disk in a namespace of its own");
    }

    @Test
    void answersThatThereIsNoRoomAndKeepsWhatIsThere(@TempDir Path directory) {
        try (StockProcess process = start(directory, "3m", "true")) {
            StockCalls calls = process.calls();
            int day = 0;
            Answer answer = importDays(calls, day);
            while (answer.status() == 200 && day < 100) {
                day++;
                answer = importDays(calls, day);
            }

            assertThat(answer.status()).as(answer.body()).isEqualTo(507);
            assertThat(answer.text("/type")).isEqualTo("urn:problem:storage-full");
            for (int kept = 0; kept < day; kept++) {
                assertThat(calls.get("/api/v1/data/T" + kept + "?limit=10000")
                                .at("/count")
                                .asInt())
                        .isEqualTo(ROWS);
            }
            assertThat(calls.get("/api/v1/data/T" + day).status()).isEqualTo(404);
            assertThat(untilFull(i -> calls.put("/api/v1/data/T0/" + LocalDate.EPOCH.plusDays(ROWS + i), BAR)))
                    .isEqualTo("urn:problem:storage-full");
            assertThat(untilFull(i -> calls.put("/api/v1/data/T0/splits", split(2 + i))))
                    .isEqualTo("urn:problem:storage-full");
            assertThat(untilFull(i -> calls.delete("/api/v1/data/T0/" + LocalDate.EPOCH.plusDays(i))))
                    .isEqualTo("urn:problem:storage-full");
            assertThat(untilFull(
                            i -> calls.delete("/api/v1/data/T0?to=2200-01-01&from=" + LocalDate.EPOCH.plusDays(i))))
                    .isEqualTo("urn:problem:storage-full");
        }
    }

    @Test
    void doesNotStartWithoutRoom(@TempDir Path directory) {
        try (StockProcess process =
                start(directory, "64k", "dd if=/dev/zero of=" + directory + "/ballast bs=1k count=60 2>/dev/null")) {
            assertThatThrownBy(process::calls)
                    .hasMessageContaining("cannot be brought up to date: there is no room left on its disk");
        }
    }

    private static String split(int numerator) {
        return "[{\"timestamp\":\"1971-01-01\",\"numerator\":%d,\"denominator\":1}]".formatted(numerator);
    }

    /** Small writes find a little room for a while. */
    private static String untilFull(IntFunction<Answer> write) {
        return IntStream.range(0, ROWS)
                .mapToObj(write)
                .filter(answer -> answer.status() == 507)
                .map(answer -> answer.text("/type"))
                .findFirst()
                .orElse("never full");
    }

    private static StockProcess start(Path directory, String size, String before) {
        List<String> settings = List.of("--stock.database.file=" + directory.resolve("stock.db"));
        return StockProcess.start(onDisk(directory, size, before), TestStorage.WRITE_AHEAD, settings, "small");
    }

    private static Answer importDays(StockCalls calls, int ticker) {
        StringBuilder csv = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int i = 0; i < ROWS; i++) {
            csv.append(LocalDate.EPOCH.plusDays(i)).append(",1,2,1,2,3\n");
        }
        return calls.post("/api/v1/data/T" + ticker, "text/csv", csv.toString());
    }
}
