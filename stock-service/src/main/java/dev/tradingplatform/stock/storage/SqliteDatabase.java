package dev.tradingplatform.stock.storage;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.sqlite.SQLiteConnection;

/**
 * SQLite. One connection writes; others read beside it where the journal allows, and else there is only this one.
 *
 * @param file where it is
 * @param readers connections that read at the same time, if any may
 */
record SqliteDatabase(SqliteFile file, int readers) implements Database {

    @Override
    public Storage.Pools open() {
        new Preparation(file).run();
        return connect();
    }

    /** Connects to a file that is ready. */
    Storage.Pools connect() {
        ConnectionPool writer = new ConnectionPool(connections("writer", file.writer(), 1));
        if (!file.journal().readsWhileWriting()) {
            return new Storage.Pools(writer, writer);
        }
        HikariConfig config = connections("readers", file.reader(), readers);
        // Without this Hikari asks for read-write connections, which the driver refuses on a file opened read-only.
        config.setReadOnly(true);
        return new Storage.Pools(writer, new ConnectionPool(config));
    }

    @Override
    public Duration lockTimeout() {
        return file.busyTimeout();
    }

    /**
     * Takes SQLite's write lock. A deferred transaction that has read first would fail at once, without waiting, if
     * another process wrote in the meantime.
     *
     * <p>The driver's own transaction mode IMMEDIATE is no use: when its BEGIN meets a lock, the connection takes
     * itself for one within a transaction for ever after, and its commit takes the lock anew before it returns, so that
     * a commit that succeeded can end in an error (sqlite-jdbc #683).
     */
    @Override
    public void beginWriting(Connection connection, Duration lockTimeout) throws SQLException {
        beginReading(connection, lockTimeout);
        try (Statement statement = connection.createStatement()) {
            // The first statement, and one that writes, though nothing: it waits for the lock, and there is no snapshot
            // yet.
            statement.executeUpdate("UPDATE ticker SET revision = revision WHERE FALSE");
        }
    }

    @Override
    public void beginReading(Connection connection, Duration lockTimeout) throws SQLException {
        int millis = Math.toIntExact(Math.max(1, lockTimeout.toMillis()));
        connection.unwrap(SQLiteConnection.class).setBusyTimeout(millis);
    }

    @Override
    public String mode() {
        return file.journal() == Journal.ROLLBACK ? "rollback" : "wal";
    }

    /** A connection of its own: the check may take longer than any request waits for one of the pool. */
    @Override
    public Optional<String> fileFault() {
        try (Connection connection = file.reader().getConnection()) {
            return Optional.of(Preparation.check(connection)).filter(verdict -> !verdict.equals("ok"));
        } catch (SQLException e) {
            throw Fault.of(e).orElse(Fault.UNAVAILABLE).exception(e);
        }
    }

    private HikariConfig connections(String name, DataSource source, int size) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(Math.max(250, file.busyTimeout().toMillis()));
        pool.setMaxLifetime(0);
        return pool;
    }
}
