package dev.tradingplatform.stock.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteConfig.TransactionMode;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/**
 * A SQLite file and how to connect to it. Settings go to the driver as properties: of several PRAGMAs in an init
 * statement it runs only the first.
 *
 * @param path absolute
 * @param journal what its file system asks for
 * @param busyTimeout how long SQLite waits for a lock of another connection
 */
record SqliteFile(Path path, Journal journal, Duration busyTimeout) {

    /**
     * Finds out where a file lies, and makes its directory.
     *
     * @throws StorageUnusableException if there can be no such directory
     */
    static SqliteFile at(Path file, Duration busyTimeout, FileSystemKinds kinds) {
        Path path = file.toAbsolutePath().normalize();
        Path directory = path.getParent();
        if (directory == null || Files.isDirectory(path)) {
            throw new StorageUnusableException("The database " + path + " is a directory.", "Name a file.");
        }
        try {
            Files.createDirectories(directory);
            return new SqliteFile(path, Journal.on(kinds.of(directory)), busyTimeout);
        } catch (IOException e) {
            throw new StorageUnusableException(
                    "The directory " + directory + " for the database cannot be made: " + e, "Name another one.", e);
        }
    }

    /** Connects to read and write. */
    SQLiteDataSource writer() {
        return dataSource(config());
    }

    /** Connects to read, and to wait for nobody where the journal allows. */
    SQLiteDataSource reader() {
        SQLiteConfig config = config();
        config.setReadOnly(true);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        return dataSource(config);
    }

    /**
     * Connects to look, and to change nothing, not even the kind of journal.
     *
     * @param recovering whether what a process that died has left half done may be undone, as it must be before anybody
     *     can look
     */
    SQLiteDataSource inspector(boolean recovering) {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(!recovering);
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        return dataSource(config);
    }

    private SQLiteConfig config() {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(busyTimeout.toMillis()));
        config.setJournalMode(journal.mode());
        // NORMAL would lose acknowledged writes of the last moments when power fails.
        config.setSynchronous(SynchronousMode.FULL);
        config.setTempStore(TempStore.MEMORY);
        // A file mapped into memory is none that other hosts' locks protect.
        config.setPragma(SQLiteConfig.Pragma.MMAP_SIZE, "0");
        config.enforceForeignKeys(true);
        // IMMEDIATE is broken in this driver: see SqliteDatabase.
        config.setTransactionMode(TransactionMode.DEFERRED);
        return config;
    }

    private SQLiteDataSource dataSource(SQLiteConfig config) {
        SQLiteDataSource dataSource = new SQLiteDataSource(config);
        dataSource.setUrl("jdbc:sqlite:" + path);
        return dataSource;
    }
}
