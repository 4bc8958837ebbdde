package dev.tradingplatform.stock.storage;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionStatus;

/** One transaction, for one thread, until the work it was given to returns. */
public final class Transaction {

    private final JdbcTemplate template;
    private final TransactionStatus status;
    private final Map<Class<?>, Completion> completions = new LinkedHashMap<>();

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

    /** Rolls the transaction back when its work returns; the result of the work is returned all the same. */
    public void undo() {
        status.setRollbackOnly();
    }

    /**
     * Returns the one object of a type that belongs to this transaction. It runs after the work and before the commit,
     * unless the transaction is rolled back.
     */
    public <C extends Completion> C completion(Class<C> type, Supplier<C> maker) {
        return type.cast(completions.computeIfAbsent(type, _ -> maker.get()));
    }

    void complete() {
        if (!status.isRollbackOnly()) {
            completions.values().forEach(completion -> completion.beforeCommit(this));
        }
    }

    /** The last step of a transaction. */
    @FunctionalInterface
    public interface Completion {

        /** Runs the last statements. */
        void beforeCommit(Transaction transaction);
    }
}
