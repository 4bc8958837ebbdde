package dev.tradingplatform.stock.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Storages;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private static final Instant NOW = Instant.parse("2024-03-01T00:00:00Z");
    private static final SeriesKey MINUTES = new SeriesKey(new Ticker("A"), Timeframe.MINUTE);
    private static final SeriesKey DAYS = new SeriesKey(new Ticker("A"), Timeframe.DAY);
    private static final int OLD = 2 * Retention.BATCH + 5;

    @TempDir
    Path directory;

    @Test
    void barsOlderThanTheirTimeframeAllowsAreDeletedInBatches() {
        try (Storage storage =
                Storages.open(directory.resolve("stock.db"), TestStorage.WRITE_AHEAD, Duration.ofSeconds(5))) {
            InstantSource clock = () -> NOW;
            ChangeLog changes = new ChangeLog(storage, new ChangeSettings(1_000_000));
            SeriesRepository repository = new SeriesRepository(clock, changes);
            BulkImport bulkImport = new BulkImport(storage, repository);
            long begin = NOW.minus(Duration.ofDays(10)).getEpochSecond();
            write(bulkImport, MINUTES, begin - 60L * OLD, 60, OLD + 3);
            write(bulkImport, DAYS, 0, 86_400, 5);
            Bars bars = new Bars(storage);

            try (Retention retention = new Retention(
                    storage,
                    new SingleBars(storage, repository),
                    new RetentionSettings(Map.of("1m", Duration.ofDays(10))),
                    clock)) {
                retention.run();
                retention.run();
            }

            Series left = bars.series(MINUTES).orElseThrow();
            assertThat(left.bars()).isEqualTo(3);
            assertThat(left.first()).isEqualTo(begin);
            assertThat(left.revision()).as("an import and three batches").isEqualTo(4);
            assertThat(bars.series(DAYS).orElseThrow().bars())
                    .as("no age is set for days")
                    .isEqualTo(5);
        }
    }

    @Test
    void ageOfAnUnknownTimeframeIsRefused() {
        assertThatThrownBy(() -> new RetentionSettings(Map.of("3m", Duration.ofDays(10))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stock.retention.3m");
    }

    @Test
    void ageBelowADayIsRefused() {
        assertThatThrownBy(() -> new RetentionSettings(Map.of("1m", Duration.ofHours(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1d");
    }

    private static void write(BulkImport bulkImport, SeriesKey key, long start, long step, int count) {
        Decimal one = Decimal.of(1, 0);
        var rows = LongStream.range(0, count)
                .mapToObj(i ->
                        new ParsedBar(key, new Bar(start + i * step, one, one, one, one, one), SourceLocation.line(i)))
                .iterator();
        bulkImport.run(rows, ImportMode.UPSERT, _ -> true, _ -> true);
    }
}
