package dev.tradingplatform.stock.storage;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;

/** Opens the database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseSettings.class, BackupSettings.class})
class StorageConfiguration {

    @Bean
    Database database(DatabaseSettings settings, ObjectProvider<FileSystemKinds> kinds) {
        if (settings.url().isEmpty()) {
            FileSystemKinds known = kinds.getIfAvailable(() -> FileSystemKinds.REAL);
            return new SqliteDatabase(
                    SqliteFile.at(settings.file(), settings.busyTimeout(), known), settings.readers());
        }
        if (settings.url().startsWith(PostgresDatabase.PREFIX)) {
            return new PostgresDatabase(settings);
        }
        throw new StorageUnusableException(
                "stock.database.url is for PostgreSQL and begins with " + PostgresDatabase.PREFIX + ", but it is "
                        + settings.url().split("[?@]", 2)[0] + ".",
                "For SQLite leave it out and name the file in stock.database.file.");
    }

    @Bean
    Storage storage(Database database, InstantSource clock, MeterRegistry meters) {
        Storage storage = new Storage(database, database.open(), System::nanoTime, clock, meters);
        Restoration.complete(storage, clock);
        return storage;
    }

    @Bean
    BackupEndpoint backupEndpoint(Database database, Storage storage, BackupSettings settings, InstantSource clock) {
        return switch (database) {
            case SqliteDatabase sqlite -> {
                Backups backups = new Backups(sqlite.file(), settings, clock);
                yield new BackupEndpoint(Optional.of(() -> backups.make(storage)));
            }
            case PostgresDatabase _ -> new BackupEndpoint(Optional.empty());
        };
    }

    /** Ready means: the database answers a reader and the writer. */
    @Bean
    HealthIndicator storageHealthIndicator(Storage storage) {
        return () -> {
            try {
                storage.ping();
                return Health.up().build();
            } catch (DataAccessException e) {
                return Health.down(e).build();
            }
        };
    }
}
