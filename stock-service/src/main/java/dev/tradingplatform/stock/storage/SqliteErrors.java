package dev.tradingplatform.stock.storage;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Gives SQLite's errors a meaning: the driver sets no SQLState, so Spring would take them all for unknown. */
final class SqliteErrors implements SQLExceptionTranslator {

    /** The lower byte of an extended result code is the primary one (sqlite.org/rescode.html). */
    private static final int PRIMARY = 0xff;

    @Override
    public DataAccessException translate(String task, @Nullable String sql, SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return new UncategorizedSQLException(task, sql, failure);
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        String message = task + ": " + failure.getMessage();
        if (code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE) {
            return new DuplicateKeyException(message, failure);
        }
        return switch (code.code & PRIMARY) {
            case 5, 6 -> new CannotAcquireLockException(message, failure);
            case 19 -> new DataIntegrityViolationException(message, failure);
            case 8, 10, 11, 13, 14 -> new DataAccessResourceFailureException(message, failure);
            default -> new UncategorizedSQLException(task, sql, failure);
        };
    }

    /** Tells whether a failure, or what caused it, is that somebody else holds a lock. */
    static boolean isBusy(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotAcquireLockException
                    || (cause instanceof SQLiteException sqlite && isLock(sqlite.getResultCode()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLock(SQLiteErrorCode code) {
        int primary = code.code & PRIMARY;
        return primary == SQLiteErrorCode.SQLITE_BUSY.code || primary == SQLiteErrorCode.SQLITE_LOCKED.code;
    }
}
