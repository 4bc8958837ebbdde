package dev.tradingplatform.stock.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Storages;
import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three processes write to one file at full speed and are killed outright, again and again: 51 times in each mode. */
class KillTest {

    private static final Logger LOG = LoggerFactory.getLogger(KillTest.class);
    private static final int ROUNDS = 17;
    private static final int WRITERS = 3;
    private static final int LONGEST_LIFE_MILLIS = 250;

    private final Map<SeriesKey, Long> revisions = new HashMap<>();
    private final List<Acknowledgement> acknowledged = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(names = {"WRITE_AHEAD", "ROLLBACK"})
    void losesNothingThatWasAcknowledged(TestStorage storage, @TempDir Path directory) throws SQLException {
        Path file = directory.resolve("stock.db");
        long seed = System.nanoTime();
        Random random = new Random(seed);
        Storages.open(file, storage, Duration.ofSeconds(30)).close();
        for (int round = 0; round < ROUNDS; round++) {
            long base = (long) round * WRITERS * DoomedWriter.SPAN;
            List<DoomedProcess> writers = IntStream.range(0, WRITERS)
                    .mapToObj(
                            i -> new DoomedProcess(file, storage, base + i * DoomedWriter.SPAN, 1 + random.nextInt(20)))
                    .toList();
            List<Acknowledgement> fresh = writers.stream()
                    .flatMap(writer -> writer.kill(random.nextInt(LONGEST_LIFE_MILLIS)).stream())
                    .toList();
            acknowledged.addAll(fresh);
            try (Storage survived = Storages.open(file, storage, Duration.ofSeconds(30))) {
                Bars bars = new Bars(survived);
                judge(bars, round == ROUNDS - 1 ? acknowledged : fresh);
                judgeCounter(bars, (round + 1) * WRITERS);
                judgeRevisions(bars);
            }
            assertThat(integrity(file)).as("seed %d, round %d", seed, round).isEqualTo("ok");
        }
        LOG.info("{}: {} kills, {} writes acknowledged, none lost", storage, ROUNDS * WRITERS, acknowledged.size());
    }

    private static void judge(Bars bars, List<Acknowledgement> writes) {
        assertThat(writes).allSatisfy(write -> {
            switch (write.what()) {
                case "single" ->
                    assertThat(bars.find(DoomedWriter.SINGLE, write.number()).map(StoredBar::version))
                            .contains(write.version());
                case "import" -> {
                    assertThat(bars.find(DoomedWriter.LEFT, write.number())).isPresent();
                    assertThat(bars.find(DoomedWriter.RIGHT, write.number() + DoomedWriter.IMPORTED - 1))
                            .isPresent();
                }
                default ->
                    assertThat(bars.find(DoomedWriter.COUNTER, 0).orElseThrow().version())
                            .isGreaterThanOrEqualTo(write.version());
            }
        });
    }

    /** A killed writer may have counted once without having had the time to say so. */
    private void judgeCounter(Bars bars, int kills) {
        List<Long> counted = acknowledged.stream()
                .filter(write -> write.what().equals("counter"))
                .map(Acknowledgement::number)
                .toList();
        long counter = bars.find(DoomedWriter.COUNTER, 0)
                .map(bar -> bar.bar().volume().unscaled())
                .orElse(0L);
        assertThat(counted).as("no update is lost to another").doesNotHaveDuplicates();
        assertThat(counter).isBetween((long) counted.size(), (long) counted.size() + kills);
    }

    private void judgeRevisions(Bars bars) {
        for (SeriesKey key :
                List.of(DoomedWriter.SINGLE, DoomedWriter.COUNTER, DoomedWriter.LEFT, DoomedWriter.RIGHT)) {
            long revision = bars.series(key).map(Series::revision).orElse(0L);
            assertThat(revision).as("revision of %s", key).isGreaterThanOrEqualTo(revisions.getOrDefault(key, 0L));
            revisions.put(key, revision);
        }
        assertThat(bars.series(DoomedWriter.LEFT).map(Series::bars))
                .as("an import is there in both of its series or in none")
                .isEqualTo(bars.series(DoomedWriter.RIGHT).map(Series::bars));
    }

    private static String integrity(Path file) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement();
                var counts = connection.createStatement();
                var result = statement.executeQuery("PRAGMA integrity_check");
                var wrong = counts.executeQuery("SELECT t.ticker FROM ticker t WHERE t.bars <>"
                        + " (SELECT count(*) FROM quote q WHERE q.ticker = t.ticker AND q.timeframe = t.timeframe)")) {
            return wrong.next() ? "wrong count of " + wrong.getString(1) : result.getString(1);
        }
    }
}
