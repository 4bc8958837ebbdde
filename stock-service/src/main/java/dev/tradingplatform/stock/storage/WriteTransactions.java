package dev.tradingplatform.stock.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/**
 * Transactions that have SQLite's write lock from their beginning. A deferred one that has read first would fail at
 * once, without waiting, if another process wrote in the meantime.
 *
 * <p>The driver's own transaction mode IMMEDIATE is no use: when its BEGIN meets a lock, the connection takes itself
 * for one within a transaction for ever after, and its commit takes the lock anew before it returns, so that a commit
 * that succeeded can end in an error (sqlite-jdbc #683).
 */
final class WriteTransactions extends JdbcTransactionManager {

    private static final long serialVersionUID = 1L;

    WriteTransactions(DataSource dataSource) {
        super(dataSource);
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        try (Statement statement = connection.createStatement()) {
            // The first statement, and one that writes, though nothing: it waits for the lock, and there is no snapshot
            // yet.
            statement.executeUpdate("UPDATE ticker SET revision = revision WHERE FALSE");
        }
    }
}
