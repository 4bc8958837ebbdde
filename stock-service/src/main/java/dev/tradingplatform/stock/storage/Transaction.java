package dev.tradingplatform.stock.storage;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;

/** One transaction, for one thread, until the work it was given to returns. */
public final class Transaction {

    private final JdbcTemplate template;
    private final TransactionStatus status;

    Transaction(JdbcTemplate template, TransactionStatus status) {
        this.template = template;
        this.status = status;
    }

    /** Returns what runs statements. */
    public JdbcClient sql() {
        return JdbcClient.create(template);
    }

    /** Returns what runs statements in batches. */
    public JdbcTemplate batches() {
        return template;
    }

    /** Lets the transaction end without a trace; what its work returns is returned all the same. */
    public void undo() {
        status.setRollbackOnly();
    }
}
