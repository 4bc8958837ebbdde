package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tradingplatform.stock.testing.TestStorage;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a transaction when the file fails under it. */
@ParameterizedClass
@EnumSource(
        value = TestStorage.class,
        names = {"WRITE_AHEAD", "ROLLBACK"})
class StorageFaultsTest {

    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofSeconds(20);

    @Parameter
    TestStorage kind = TestStorage.WRITE_AHEAD;

    @TempDir
    Path directory = Path.of("");

    private Path file = Path.of("");
    private @Nullable Storage opened;

    @BeforeEach
    void open() {
        file = directory.resolve("stock.db");
        opened = Storages.open(file, kind, LONG);
    }

    @AfterEach
    void close() {
        storage().close();
    }

    @Test
    void refusesWhatDoesNotFitAndKeepsWhatIsThere() {
        insert("KEPT");
        long pages = storage().read(transaction -> number(transaction, "PRAGMA page_count"));
        limitPages(pages);

        assertThatExceptionOfType(StorageFullException.class).isThrownBy(this::insertMuch);

        assertThat(tickers()).isOne();
        limitPages(1_000_000);
        insertMuch();
        assertThat(tickers()).isEqualTo(2001);
    }

    @Test
    void saysOnlyOfWhatIsUndoneThatNothingWasWritten() throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = other.createStatement()) {
            statement.execute(kind == TestStorage.ROLLBACK ? "BEGIN" : "BEGIN IMMEDIATE");
            statement.executeQuery("SELECT count(*) FROM ticker").next();

            assertThatExceptionOfType(StorageBusyException.class)
                    .as("in rollback mode it is the commit that waits for readers")
                    .isThrownBy(() -> LockTimeout.within(() -> SHORT, () -> {
                        insert("LATE");
                        return true;
                    }));

            statement.execute("ROLLBACK");
        }
        assertThat(tickers()).isZero();
        insert("AGAIN");
        assertThat(tickers()).isOne();
    }

    @Test
    void waitsForItsTurnNoLongerThanTheRequestWants() {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CompletableFuture<Boolean> slow =
                CompletableFuture.supplyAsync(() -> storage().write(_ -> {
                    inside.countDown();
                    return await(enough);
                }));
        assertThat(await(inside)).isTrue();
        long begun = System.nanoTime();

        assertThatExceptionOfType(StorageBusyException.class)
                .isThrownBy(
                        () -> LockTimeout.within(() -> SHORT, () -> storage().write(_ -> true)));

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(SHORT, LONG.dividedBy(2));
        enough.countDown();
        assertThat(slow.orTimeout(20, TimeUnit.SECONDS).join()).isTrue();
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void insert(String ticker) {
        storage().write(transaction -> insert(transaction, ticker));
    }

    private void insertMuch() {
        storage().write(transaction -> {
            for (int i = 0; i < 2000; i++) {
                insert(transaction, "MUCH" + i);
            }
            return true;
        });
    }

    private static int insert(Transaction transaction, String ticker) {
        return transaction
                .sql()
                .sql("INSERT INTO ticker (ticker, timeframe, revision, bars, updated_at) VALUES (?, '1d', 1, 0, 0)")
                .params(ticker)
                .update();
    }

    private long tickers() {
        return storage().read(transaction -> number(transaction, "SELECT count(*) FROM ticker"));
    }

    private void limitPages(long pages) {
        storage().write(transaction -> number(transaction, "PRAGMA max_page_count = " + pages));
    }

    private static long number(Transaction transaction, String query) {
        return transaction.sql().sql(query).query((row, _) -> row.getLong(1)).single();
    }

    private Storage storage() {
        Storage storage = opened;
        if (storage == null) {
            throw new IllegalStateException("not open");
        }
        return storage;
    }
}
