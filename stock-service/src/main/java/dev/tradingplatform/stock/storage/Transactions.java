package dev.tradingplatform.stock.storage;

import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/** Transactions of one kind on the connections of one pool. Safe for concurrent use. */
final class Transactions {

    private final ConnectionPool pool;
    private final LockTimeoutTransactions manager;
    private final Duration lockTimeout;
    private final LongSupplier nanoTime;
    private final MeterProvider<Timer> timers;

    /**
     * Runs transactions of a kind.
     *
     * @param lockTimeout maximum wait for a connection and for locks together, unless the request has a shorter one
     * @param nanoTime nanoseconds that pass, from any origin
     * @param timers of this kind, by their outcome
     */
    Transactions(
            ConnectionPool pool,
            LockTimeoutTransactions.Beginning beginning,
            Duration lockTimeout,
            LongSupplier nanoTime,
            MeterProvider<Timer> timers) {
        this.pool = pool;
        this.manager = new LockTimeoutTransactions(pool.connections(), beginning);
        this.lockTimeout = lockTimeout;
        this.nanoTime = nanoTime;
        this.timers = timers;
    }

    /**
     * Runs work in a transaction; any exception undoes it.
     *
     * @throws StorageException if it was not the work that failed but the database
     */
    <T> T run(Function<Transaction, T> work) {
        Duration wait = LockTimeout.atMost(lockTimeout);
        long begun = nanoTime.getAsLong();
        String outcome = "failed";
        try {
            T result = inTurn(wait, () -> {
                Duration left = wait.minusNanos(nanoTime.getAsLong() - begun);
                return new LockTimeoutTransactions.Definition(manager, left).execute(status -> {
                    Transaction transaction = new Transaction(pool.template(), status);
                    T returned = work.apply(transaction);
                    transaction.complete();
                    return returned;
                });
            });
            outcome = "done";
            return result;
        } catch (StorageException e) {
            outcome = e.outcome();
            throw e;
        } finally {
            timers.withTag("outcome", outcome).record(nanoTime.getAsLong() - begun, TimeUnit.NANOSECONDS);
        }
    }

    /** Runs what cannot be run in a transaction. */
    void withoutTransaction(Consumer<JdbcTemplate> work) {
        inTurn(lockTimeout, () -> {
            work.accept(pool.template());
            return true;
        });
    }

    private <T> T inTurn(Duration wait, Supplier<T> call) {
        try {
            return pool.inTurn(wait, call);
        } catch (SQLTransientConnectionException e) {
            throw new StorageBusyException(e);
        } catch (TransactionException | DataAccessException e) {
            throw Fault.of(e).<RuntimeException>map(fault -> fault.exception(e)).orElse(e);
        }
    }
}
