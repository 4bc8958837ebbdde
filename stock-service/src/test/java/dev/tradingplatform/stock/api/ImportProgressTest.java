package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class ImportProgressTest {

    private static final int ROWS = 200_001;

    @Test
    void logsEveryHundredThousandRowsAndSaysHowFastItWas(@TempDir Path directory, CapturedOutput output) {
        StringBuilder csv = new StringBuilder("timestamp,open,high,low,close,volume\n");
        for (int i = 0; i < ROWS; i++) {
            TimestampFormat.append(csv, 1_600_000_020L + 60L * i);
            csv.append(",1,2,1,2,1000\n");
        }
        try (StockServer server = StockServer.on(directory.resolve("stock.db"))) {
            Answer answer = server.calls().post("/api/v1/data/LONG?timeframe=1m", "text/csv", csv.toString());

            assertThat(answer.at("/inserted").asInt()).isEqualTo(ROWS);
            assertThat(answer.at("/rowsPerSecond").asLong()).isPositive();
            assertThat(answer.at("/seconds").asDouble()).isPositive();
        }
        assertThat(output.getOut())
                .contains("Import: 100000 rows read", "Import: 200000 rows read")
                .contains("Import: 100000 rows written, not yet committed")
                .contains("Import: 200000 rows written, not yet committed")
                .containsPattern("Import /api/v1/data/LONG: 200001 rows, 200001 inserted, 0 updated, \\d+ rows/s");
    }
}
