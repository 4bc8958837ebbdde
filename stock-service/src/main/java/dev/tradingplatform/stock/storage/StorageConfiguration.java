package dev.tradingplatform.stock.storage;

import com.zaxxer.hikari.HikariConfig;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class StorageConfiguration {

    @Bean
    Storage storage(DatabaseSettings settings) {
        SqliteFile file = SqliteFile.at(settings.file(), settings.busyTimeout());
        new Preparation(file).run();
        ConnectionPool writer = ConnectionPool.forWriting(connections("writer", file.writer(), 1, settings));
        if (!file.journal().readsWhileWriting()) {
            return new Storage(writer, writer);
        }
        HikariConfig readers = connections("readers", file.reader(), settings.readers(), settings);
        // Without this Hikari asks for read-write connections, which the driver refuses on a file opened read-only.
        readers.setReadOnly(true);
        return new Storage(writer, ConnectionPool.forReading(readers));
    }

    /** Ready means: the database answers a reader and the writer. */
    @Bean
    HealthIndicator storageHealthIndicator(Storage storage) {
        return () -> {
            storage.ping();
            return Health.up().build();
        };
    }

    private static HikariConfig connections(String name, DataSource source, int size, DatabaseSettings settings) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setDataSource(source);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(settings.busyTimeout().toMillis());
        pool.setMaxLifetime(0);
        return pool;
    }
}
