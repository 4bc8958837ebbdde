package dev.tradingplatform.stock.storage;

import java.util.function.Function;

/**
 * The database, for reading and for writing. Safe for concurrent use; calls block until the database has answered.
 * Nothing slow, least of all a client's connection, may be waited for within a transaction.
 */
public final class Storage implements AutoCloseable {

    private final ConnectionPool writer;
    private final ConnectionPool reader;

    Storage(ConnectionPool writer, ConnectionPool reader) {
        this.writer = writer;
        this.reader = reader;
    }

    /**
     * Reads from one snapshot.
     *
     * @throws StorageBusyException if the database was not to be had in time
     */
    public <T> T read(Function<Transaction, T> work) {
        return reader.inTransaction(work);
    }

    /**
     * Writes all or nothing. While work runs, no other process and no other request writes.
     *
     * @throws StorageBusyException if the database was not to be had in time
     */
    public <T> T write(Function<Transaction, T> work) {
        return writer.inTransaction(work);
    }

    /** Returns if the database answers, and throws otherwise. */
    void ping() {
        reader.ping();
        writer.ping();
    }

    @Override
    public void close() {
        reader.close();
        writer.close();
    }
}
