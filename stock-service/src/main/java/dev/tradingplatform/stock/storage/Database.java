package dev.tradingplatform.stock.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** A kind of database: how it is made ready, opened and locked. Nothing else knows which one it is. */
sealed interface Database permits SqliteDatabase, PostgresDatabase {

    /**
     * Makes it ready for use and connects to it.
     *
     * @throws StorageUnusableException if that cannot be
     */
    Storage.Pools open();

    /** How long a transaction waits for others if nobody says less. */
    Duration patience();

    /** Makes a transaction that has just begun one that nobody else's writing can spoil. */
    void beginWriting(Connection connection, Duration patience) throws SQLException;

    /** Makes a transaction that has just begun one that sees a single snapshot. */
    void beginReading(Connection connection, Duration patience) throws SQLException;
}
