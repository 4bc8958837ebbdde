package dev.tradingplatform.stock.storage;

import com.zaxxer.hikari.HikariConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/**
 * PostgreSQL, for those who outgrow one file. Flyway holds a lock of the server while it migrates, so that replicas may
 * start at the same moment.
 */
final class PostgresDatabase implements Database {

    static final String PREFIX = "jdbc:postgresql:";

    private final DatabaseSettings settings;

    PostgresDatabase(DatabaseSettings settings) {
        this.settings = settings;
    }

    @Override
    public Storage.Pools open() {
        refuseRewriting();
        HikariConfig writing = connections("writers");
        HikariConfig reading = connections("readers");
        reading.setReadOnly(true);
        reading.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        new Schema(Dialect.POSTGRESQL, "The database " + address())
                .migrate(Flyway.configure()
                        .dataSource(settings.url(), writing.getUsername(), writing.getPassword())
                        .connectRetries(0));
        return new Storage.Pools(new ConnectionPool(writing), new ConnectionPool(reading));
    }

    @Override
    public Duration lockTimeout() {
        return settings.busyTimeout();
    }

    /** Bounds the wait for locks; READ COMMITTED and the lock of a ticker's row do the rest. */
    @Override
    public void beginWriting(Connection connection, Duration lockTimeout) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + Math.max(1, lockTimeout.toMillis()));
        }
    }

    @Override
    public void beginReading(Connection connection, Duration lockTimeout) {
        // Readers wait for nobody: the pool's connections are read-only and repeat their reads.
    }

    @Override
    public String mode() {
        return "postgresql";
    }

    @Override
    public Optional<String> fileFault() {
        return Optional.empty();
    }

    /** The driver then says of a batch only that it succeeded, and no longer which of its rows were written. */
    private void refuseRewriting() {
        if (settings.url().contains("reWriteBatchedInserts=true")) {
            throw new StorageUnusableException(
                    "stock.database.url has reWriteBatchedInserts=true, with which imports would miscount.",
                    "Leave that parameter out.");
        }
    }

    /** The URL without what may be secret in it. */
    private String address() {
        int parameters = settings.url().indexOf('?');
        return parameters < 0 ? settings.url() : settings.url().substring(0, parameters);
    }

    private HikariConfig connections(String name) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName(name);
        pool.setJdbcUrl(settings.url());
        if (!settings.username().isEmpty()) {
            pool.setUsername(settings.username());
            pool.setPassword(settings.password());
        }
        pool.setMaximumPoolSize(settings.readers());
        pool.setConnectionTimeout(Math.max(250, settings.busyTimeout().toMillis()));
        pool.addDataSourceProperty("ApplicationName", "stock-service");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        // No statement takes as long: a batch has a thousand rows, and lock_timeout bounds its waits.
        pool.addDataSourceProperty("socketTimeout", "60");
        pool.addDataSourceProperty("connectTimeout", "5");
        return pool;
    }
}
