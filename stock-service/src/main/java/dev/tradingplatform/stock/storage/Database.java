package dev.tradingplatform.stock.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A kind of database: how it is made ready, opened and locked. Nothing else knows which one it is. */
sealed interface Database permits SqliteDatabase, PostgresDatabase {

    /**
     * Makes it ready for use and connects to it.
     *
     * @throws StorageUnusableException if that cannot be
     */
    Storage.Pools open();

    /** Returns the maximum wait of a transaction for locks, unless its request has a shorter one. */
    Duration lockTimeout();

    /** Begins a transaction that excludes all other writers. */
    void beginWriting(Connection connection, Duration lockTimeout) throws SQLException;

    /** Begins a transaction that reads a single snapshot. */
    void beginReading(Connection connection, Duration lockTimeout) throws SQLException;

    /** Returns the storage mode as metrics name it. */
    String mode();

    /** Checks the file of the database, and returns its first fault. */
    Optional<String> fileFault();
}
