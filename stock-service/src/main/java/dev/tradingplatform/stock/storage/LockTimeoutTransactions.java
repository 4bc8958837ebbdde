package dev.tradingplatform.stock.storage;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions with a lock timeout each. A transaction that cannot be committed is rolled back; if that fails too, its
 * connection is closed. If it stayed open, the driver would commit the transaction when it returns to auto-commit,
 * after the client got an error.
 */
final class LockTimeoutTransactions extends JdbcTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient HikariDataSource connections;
    private final transient Beginning beginning;

    LockTimeoutTransactions(HikariDataSource connections, Beginning beginning) {
        super(connections);
        this.connections = connections;
        this.beginning = beginning;
        setRollbackOnCommitFailure(true);
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        if (!(definition instanceof Definition requested)) {
            throw new IllegalStateException("Only Transactions begins transactions: " + definition);
        }
        beginning.begin(connection, requested.lockTimeout);
    }

    @Override
    protected void doRollback(DefaultTransactionStatus status) {
        try {
            super.doRollback(status);
        } catch (TransactionException e) {
            logger.debug("Connection thrown away, as its transaction could not be undone", e);
            if (TransactionSynchronizationManager.getResource(connections) instanceof ConnectionHolder holder) {
                connections.evictConnection(holder.getConnection());
            }
        }
    }

    /** What a kind of transaction does first. */
    @FunctionalInterface
    interface Beginning {

        /**
         * Prepares a transaction that has just begun.
         *
         * @param lockTimeout maximum wait for each lock
         */
        void begin(Connection connection, Duration lockTimeout) throws SQLException;
    }

    /** A transaction template that passes its lock timeout to the transaction manager. */
    static final class Definition extends TransactionTemplate {

        private static final long serialVersionUID = 1L;

        private final Duration lockTimeout;

        Definition(LockTimeoutTransactions manager, Duration lockTimeout) {
            super(manager);
            this.lockTimeout = lockTimeout;
        }
    }
}
