package dev.tradingplatform.stock.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/** Connections that are handed out in the order they were asked for. Safe for concurrent use. */
final class ConnectionPool implements AutoCloseable {

    /** Rows fetched at a time where the driver would otherwise hold all of them in memory. */
    private static final int FETCH = 1000;

    private final HikariDataSource connections;
    private final JdbcTemplate template;
    private final Semaphore turns;

    ConnectionPool(HikariConfig config) {
        this.connections = new HikariDataSource(config);
        this.template = new JdbcTemplate(connections);
        this.turns = new Semaphore(config.getMaximumPoolSize(), true);
        template.setFetchSize(FETCH);
    }

    /** Calls something that takes at most one connection, as soon as there is one. */
    <T> T inTurn(Duration timeout, Supplier<T> call) throws SQLTransientConnectionException {
        try {
            if (!turns.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new SQLTransientConnectionException("all connections were in use for " + timeout);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLTransientConnectionException("interrupted while waiting for a connection");
        }
        try {
            return call.get();
        } finally {
            turns.release();
        }
    }

    HikariDataSource connections() {
        return connections;
    }

    JdbcTemplate template() {
        return template;
    }

    /** Proves that the database answers; a pool whose every connection is at work is left at it. */
    void ping() {
        HikariPoolMXBean pool = connections.getHikariPoolMXBean();
        if (pool.getIdleConnections() > 0 || pool.getActiveConnections() < connections.getMaximumPoolSize()) {
            template.queryForObject("SELECT 1", Integer.class);
        }
    }

    @Override
    public void close() {
        connections.close();
    }
}
