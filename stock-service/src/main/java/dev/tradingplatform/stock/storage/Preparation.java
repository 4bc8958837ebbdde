package dev.tradingplatform.stock.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Makes a file ready for use: looks whether it is sound, then brings its schema up to date. Several processes may start
 * on one file, existing or not, at the same moment; Flyway has no lock of its own for SQLite.
 */
final class Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    /** What a read-only connection says when it meets the journal of a process that died. */
    private static final Set<SQLiteErrorCode> WANTS_RECOVERY = EnumSet.of(
            SQLiteErrorCode.SQLITE_READONLY_ROLLBACK,
            SQLiteErrorCode.SQLITE_READONLY_RECOVERY,
            SQLiteErrorCode.SQLITE_READONLY_CANTLOCK,
            SQLiteErrorCode.SQLITE_READONLY_CANTINIT);

    private static final Set<SQLiteErrorCode> UNSOUND = EnumSet.of(
            SQLiteErrorCode.SQLITE_NOTADB,
            SQLiteErrorCode.SQLITE_CORRUPT,
            SQLiteErrorCode.SQLITE_CORRUPT_VTAB,
            SQLiteErrorCode.SQLITE_CORRUPT_SEQUENCE,
            SQLiteErrorCode.SQLITE_CORRUPT_INDEX);

    /** Where a database file says which journal its writers use (sqlite.org/fileformat2.html, section 1.3). */
    private static final int WRITE_VERSION = 18;

    private static final int WRITE_AHEAD = 2;
    private static final int HEADER = 100;

    private final SqliteFile file;

    Preparation(SqliteFile file) {
        this.file = file;
    }

    void run() {
        Path lockFile = file.path().resolveSibling(file.path().getFileName() + ".lock");
        // Never the database file itself: closing any descriptor of it would drop SQLite's own POSIX locks.
        try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock(channel)) {
            inspect();
            migrate();
        } catch (IOException e) {
            throw new StorageUnusableException(
                    "The directory " + file.path().getParent() + " cannot be written to: " + e,
                    "Let the service's user write there, or set stock.database.file to another place.",
                    e);
        }
    }

    private FileLock lock(FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock != null) {
            return lock;
        }
        LOG.info("Waiting for another process that is preparing {}", file.path());
        return channel.lock();
    }

    private void inspect() throws IOException {
        if (!Files.exists(file.path()) || Files.size(file.path()) == 0) {
            return;
        }
        refuseWriteAheadOverNetwork();
        try {
            check(false);
        } catch (SQLiteException e) {
            if (!WANTS_RECOVERY.contains(e.getResultCode())) {
                throw refusal(e);
            }
            recover();
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    /** A process died while it wrote, and its rollback journal lies beside the file. */
    private void recover() {
        try {
            check(true);
            LOG.info("{} was rolled back to its last complete transaction", file.path());
        } catch (SQLException e) {
            throw refusal(e);
        }
    }

    private void check(boolean recovering) throws SQLException {
        try (Connection connection = file.inspector(recovering).getConnection()) {
            String verdict = check(connection);
            if (!"ok".equals(verdict)) {
                throw unsound(verdict, null);
            }
        }
    }

    /** Returns ok, or what is wrong with the file. */
    static String check(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            return result.next() ? result.getString(1) : "no answer";
        }
    }

    /**
     * Reads the file's header by itself: SQLite would first map the shared memory that is the danger. No connection of
     * this process is open yet: closing the file would drop its locks.
     */
    private void refuseWriteAheadOverNetwork() throws IOException {
        if (file.journal() != Journal.ROLLBACK) {
            return;
        }
        byte[] header;
        try (InputStream bytes = Files.newInputStream(file.path())) {
            header = bytes.readNBytes(HEADER);
        }
        if (header.length == HEADER && header[WRITE_VERSION] == WRITE_AHEAD) {
            throw new StorageUnusableException(
                    "The file " + file.path() + " is in WAL mode and lies on a network file system, where WAL loses"
                            + " data: its index is memory that hosts do not share. It was left as it is.",
                    "Stop whoever uses it, run sqlite3 on a local copy with PRAGMA journal_mode=DELETE, and put that"
                            + " in its place; or restore a backup.");
        }
    }

    private void migrate() {
        new Schema(Dialect.SQLITE, "The file " + file.path())
                .migrate(Flyway.configure().dataSource(file.writer()));
        LOG.info("{} has a {} journal", file.path(), file.journal().mode());
    }

    private StorageUnusableException refusal(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof SQLiteException sqlite && !UNSOUND.contains(sqlite.getResultCode())) {
            return new StorageUnusableException(
                    "The file " + file.path() + " cannot be read: " + message,
                    "See that this user may read and write it and its directory, and that nobody holds it locked.",
                    failure);
        }
        return unsound(message, failure);
    }

    private StorageUnusableException unsound(String verdict, @Nullable Throwable cause) {
        return new StorageUnusableException(
                "The file " + file.path() + " is not a sound SQLite database (" + verdict + ") and was left as it is.",
                "Restore a backup to that place, or set stock.database.file to another one.",
                cause);
    }
}
