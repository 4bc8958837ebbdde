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
 * Transactions that wait for locks as long as they are told to, and that leave nothing behind on their connection: one
 * that cannot be committed is undone, and if that fails too, its connection is thrown away. Left open it would be
 * committed, after the client was told otherwise, when the driver returns to auto-commit.
 */
final class PatientTransactions extends JdbcTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient HikariDataSource connections;
    private final transient Beginning beginning;

    PatientTransactions(HikariDataSource connections, Beginning beginning) {
        super(connections);
        this.connections = connections;
        this.beginning = beginning;
        setRollbackOnCommitFailure(true);
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        if (!(definition instanceof Wanted wanted)) {
            throw new IllegalStateException("Only Transactions begins transactions: " + definition);
        }
        beginning.begin(connection, wanted.patience);
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
         * Makes a transaction that has just begun what it is to be.
         *
         * @param patience how long it waits for locks
         */
        void begin(Connection connection, Duration patience) throws SQLException;
    }

    /** One transaction as it is asked for; what it hands to the transaction manager is itself. */
    static final class Wanted extends TransactionTemplate {

        private static final long serialVersionUID = 1L;

        private final Duration patience;

        Wanted(PatientTransactions manager, Duration patience) {
            super(manager);
            this.patience = patience;
        }
    }
}
