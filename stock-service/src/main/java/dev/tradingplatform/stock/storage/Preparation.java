package dev.tradingplatform.stock.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a file ready for use: looks whether it is sound, then brings its schema up to date. Several processes may start
 * on one file, existing or not, at the same moment; Flyway has no lock of its own for SQLite.
 */
final class Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

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
        try (Connection connection = file.inspector().getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            String verdict = result.next() ? result.getString(1) : "no answer";
            if (!"ok".equals(verdict)) {
                throw refusal(verdict, null);
            }
        } catch (SQLException e) {
            throw refusal(String.valueOf(e.getMessage()), e);
        }
    }

    private void migrate() {
        try {
            var result = Flyway.configure()
                    .dataSource(file.writer())
                    .locations("classpath:db/migration/sqlite")
                    .load()
                    .migrate();
            LOG.info(
                    "Database {} ({} journal) is at schema version {}",
                    file.path(),
                    file.journal().mode(),
                    result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion);
        } catch (FlywayException e) {
            throw new StorageUnusableException(
                    "The schema of " + file.path() + " cannot be brought up to date: " + e.getMessage(),
                    "Nothing was changed; free the disk or the file, or restore a backup, and start again.",
                    e);
        }
    }

    private StorageUnusableException refusal(String verdict, @Nullable Throwable cause) {
        return new StorageUnusableException(
                "The file " + file.path() + " is not a sound SQLite database (" + verdict + ") and was left as it is.",
                "Restore a backup to that place, or set stock.database.file to another one.",
                cause);
    }
}
