package dev.tradingplatform.stock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockServer;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives of everything, and the databases that they are restored into. */
class ArchiveTest {

    private static final String NDJSON = "application/x-ndjson";
    private static final String HEADER = "ticker,timestamp,open,high,low,close,volume\n";
    private static final int MANY = 25_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"WRITE_AHEAD, POSTGRESQL", "POSTGRESQL, ROLLBACK", "ROLLBACK, WRITE_AHEAD"})
    void movesEverythingFromOneStorageToAnother(TestStorage from, TestStorage to) {
        try (StockServer source = StockServer.on(from, directory.resolve("from"));
                StockServer target = StockServer.on(to, directory.resolve("to"))) {
            fill(source.calls());
            String archive = archive(source.calls());

            Answer restored = target.calls().post("/api/v1/archive", NDJSON, archive);

            assertThat(restored.status()).as(restored.body()).isEqualTo(200);
            assertThat(restored.body())
                    .isEqualTo(archive.lines().toList().getLast())
                    .startsWith("{\"series\":4,\"bars\":" + (MANY + 4) + ",\"splits\":1,\"dividends\":1,\"sha256\":\"");
            assertThat(archive(target.calls())).isEqualTo(archive);
            assertThat(target.calls()
                            .get("/api/v1/data/A?adjustment=all&format=csv")
                            .body())
                    .isEqualTo(source.calls()
                            .get("/api/v1/data/A?adjustment=all&format=csv")
                            .body());
        }
    }

    @Test
    void tagsOfARestoredDatabaseAreNewOnes() {
        try (StockServer source = StockServer.on(directory.resolve("from.db"));
                StockServer target = StockServer.on(directory.resolve("to.db"))) {
            source.calls().post("/api/v1/data", "text/csv", HEADER + "A,2024-01-02,1,2,1,2,3\n");

            target.calls().post("/api/v1/archive", NDJSON, archive(source.calls()));

            assertThat(target.calls().get("/api/v1/data/A").header("ETag"))
                    .isNotEqualTo(source.calls().get("/api/v1/data/A").header("ETag"));
            assertThat(target.calls().get("/api/v1/changes").at("/last").asLong())
                    .isGreaterThan(1_000_000);
        }
    }

    @Test
    void databaseThatIsNotEmptyStaysAsItIs() {
        try (StockServer server = StockServer.on(directory.resolve("stock.db"))) {
            fill(server.calls());
            String archive = archive(server.calls());

            Answer refused = server.calls().post("/api/v1/archive", NDJSON, archive);

            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.text("/type")).isEqualTo("urn:problem:not-empty");
            assertThat(archive(server.calls())).isEqualTo(archive);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "truncated",
                "changed price",
                "missing bar",
                "contradicting bar",
                "number that is no string",
                "not JSON",
                "line after the totals",
                "empty"
            })
    void damagedArchiveIsRefusedAndStoresNothing(String damage) {
        try (StockServer source = StockServer.on(directory.resolve("from.db"));
                StockServer target = StockServer.on(directory.resolve("to.db"))) {
            source.calls()
                    .post("/api/v1/data", "text/csv", HEADER + "A,2024-01-02,1,2,1,2,3\nA,2024-01-03,1,2,1,2,3\n");

            Answer refused = target.calls().post("/api/v1/archive", NDJSON, damaged(archive(source.calls()), damage));

            assertThat(refused.status()).as(refused.body()).isEqualTo(422);
            assertThat(refused.at("/errorCount").asInt()).isEqualTo(1);
            assertThat(target.calls().get("/api/v1/tickers").at("/count").asInt())
                    .isZero();
        }
    }

    private static String damaged(String archive, String damage) {
        return switch (damage) {
            case "truncated" -> archive.substring(0, archive.indexOf("{\"series\""));
            case "changed price" -> archive.replaceFirst("\"low\":\"1\"", "\"low\":\"0.5\"");
            case "missing bar" -> archive.substring(archive.indexOf('\n') + 1);
            case "contradicting bar" -> archive.replaceFirst("\"low\":\"1\"", "\"low\":\"9\"");
            case "number that is no string" -> archive.replaceFirst("\"low\":\"1\"", "\"low\":1");
            case "not JSON" -> archive.replaceFirst("\\{", "");
            case "line after the totals" -> archive + archive.substring(0, archive.indexOf('\n') + 1);
            default -> "";
        };
    }

    private static void fill(StockCalls calls) {
        String minutes = IntStream.range(0, MANY)
                .mapToObj(i -> "M,%d,1.000000001,2,-1,1.5,123456789012345678\n".formatted(1_700_000_040L + 60L * i))
                .collect(Collectors.joining());
        assertThat(calls.post("/api/v1/data?timeframe=1m", "text/csv", HEADER + minutes)
                        .status())
                .isEqualTo(200);
        calls.post(
                "/api/v1/data",
                "text/csv",
                HEADER + "A,2024-01-02,1,2,1,2,3\nA,2024-01-03,1,2,1,2,3.5\nBTC/USDT,2024-01-02,1,2,1,2,3\n");
        calls.post("/api/v1/data?timeframe=1h", "text/csv", HEADER + "A,2024-01-02T01:00:00Z,1,2,1,2,3\n");
        calls.put("/api/v1/data/A/splits", "[{\"timestamp\":\"2024-01-03\",\"numerator\":2,\"denominator\":1}]");
        calls.put("/api/v1/data/A/dividends", "[{\"timestamp\":\"2024-01-03\",\"amount\":0.25}]");
    }

    private static String archive(StockCalls calls) {
        Answer answer = calls.get("/api/v1/archive");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
