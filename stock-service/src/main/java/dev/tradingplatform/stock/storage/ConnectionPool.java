package dev.tradingplatform.stock.storage;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLTransientConnectionException;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Connections of one kind, and transactions on them. Safe for concurrent use. */
final class ConnectionPool implements AutoCloseable {

    private final HikariDataSource connections;
    private final JdbcTemplate template;
    private final TransactionTemplate transactions;

    private ConnectionPool(HikariDataSource connections, JdbcTransactionManager manager) {
        this.connections = connections;
        this.template = new JdbcTemplate(connections);
        template.setExceptionTranslator(new SqliteErrors());
        manager.setExceptionTranslator(new SqliteErrors());
        this.transactions = new TransactionTemplate(manager);
    }

    /** Opens connections whose transactions exclude all other writers. */
    static ConnectionPool forWriting(HikariConfig config) {
        HikariDataSource connections = new HikariDataSource(config);
        return new ConnectionPool(connections, new WriteTransactions(connections));
    }

    /** Opens connections whose transactions are snapshots. */
    static ConnectionPool forReading(HikariConfig config) {
        HikariDataSource connections = new HikariDataSource(config);
        return new ConnectionPool(connections, new JdbcTransactionManager(connections));
    }

    /**
     * Runs work in a transaction; any exception undoes it.
     *
     * @throws StorageBusyException if no connection or no lock was to be had in time
     */
    <T> T inTransaction(Function<Transaction, T> work) {
        try {
            return transactions.execute(status -> work.apply(new Transaction(template, status)));
        } catch (TransactionException | DataAccessException e) {
            if (SqliteErrors.isBusy(e) || e.getCause() instanceof SQLTransientConnectionException) {
                throw new StorageBusyException(e);
            }
            throw e;
        }
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
