package dev.tradingplatform.stock.storage;

import dev.tradingplatform.stock.testing.TestStorage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/** Storages without a service around them. */
public final class Storages {

    private Storages() {}

    /** Opens a SQLite file as the service does. */
    public static Storage open(Path file, TestStorage kind, Duration lockTimeout) {
        SqliteDatabase database = database(file, kind, lockTimeout);
        return new Storage(
                database, database.open(), System::nanoTime, InstantSource.system(), new SimpleMeterRegistry());
    }

    /** Opens a SQLite file that somebody else has made ready. */
    public static Storage openPrepared(Path file, TestStorage kind, Duration lockTimeout) {
        SqliteDatabase database = database(file, kind, lockTimeout);
        return new Storage(
                database, database.connect(), System::nanoTime, InstantSource.system(), new SimpleMeterRegistry());
    }

    private static SqliteDatabase database(Path file, TestStorage kind, Duration lockTimeout) {
        FileSystemKinds kinds = kind == TestStorage.ROLLBACK ? _ -> "nfs4" : _ -> "ext4";
        return new SqliteDatabase(SqliteFile.at(file, lockTimeout, kinds), 2);
    }
}
