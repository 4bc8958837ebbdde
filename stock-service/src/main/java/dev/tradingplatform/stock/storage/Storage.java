package dev.tradingplatform.stock.storage;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * The database, for reading and for writing. Safe for concurrent use; calls block until the database has answered,
 * within the {@link LockTimeout} of the request and the configured one. A transaction must not wait for anything slow,
 * such as a client's connection.
 */
public final class Storage implements AutoCloseable {

    private final Database database;
    private final Pools pools;
    private final InstantSource clock;
    private final Transactions writing;
    private final Transactions reading;

    Storage(Database database, Pools pools, LongSupplier nanoTime, InstantSource clock, MeterRegistry meters) {
        this.database = database;
        this.pools = pools;
        this.clock = clock;
        this.writing = new Transactions(
                pools.writer(), database::beginWriting, database.lockTimeout(), nanoTime, timers(meters, "write"));
        this.reading = new Transactions(
                pools.reader(), database::beginReading, database.lockTimeout(), nanoTime, timers(meters, "read"));
    }

    private MeterProvider<Timer> timers(MeterRegistry meters, String operation) {
        return Timer.builder("stock.transactions")
                .description("Transactions, with their wait for a connection and for locks")
                .tags("operation", operation, "storage", database.mode())
                .withRegistry(meters);
    }

    /**
     * Reads from one snapshot.
     *
     * @throws StorageException if the database was not to be had in time or failed
     */
    public <T> T read(Function<Transaction, T> work) {
        return reading.run(work);
    }

    /**
     * Writes all or nothing. In SQLite nobody else writes while work runs; in PostgreSQL nobody else writes the rows
     * that work has locked, so work begins by locking the row of the ticker it is about to change.
     *
     * @throws StorageException if the database was not to be had in time or failed
     */
    public <T> T write(Function<Transaction, T> work) {
        return writing.run(work);
    }

    /** Copies a SQLite database as it is at this moment to a file that is not there yet. */
    void copyTo(Path file) {
        reading.withoutTransaction(template -> template.update("VACUUM INTO ?", file.toString()));
    }

    /**
     * Lets the revisions and change numbers of a database that was restored from an archive skip all that the archived
     * database can have given.
     */
    public void skipRevisions(Transaction transaction) {
        Restoration.skipAll(transaction, clock);
    }

    /** Checks the pages and indexes of a SQLite file, and returns the first fault. PostgreSQL has none to report. */
    public Optional<String> fileFault() {
        return database.fileFault();
    }

    /** Returns if the database answers, and throws otherwise. */
    void ping() {
        pools.reader().ping();
        pools.writer().ping();
    }

    @Override
    public void close() {
        pools.close();
    }

    /**
     * The connections of a database.
     *
     * @param writer for transactions that write
     * @param reader for those that do not; may be the same
     */
    record Pools(ConnectionPool writer, ConnectionPool reader) implements AutoCloseable {

        @Override
        public void close() {
            reader.close();
            writer.close();
        }
    }
}
