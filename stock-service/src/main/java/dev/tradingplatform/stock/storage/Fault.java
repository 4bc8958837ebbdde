package dev.tradingplatform.stock.storage;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/** What is wrong with a database that fails. SQLite's driver sets no SQLState, so its result codes are read. */
enum Fault {
    /** Somebody else holds a lock, or all connections are in use. */
    BUSY,
    /** No room is left. */
    FULL,
    /** It cannot be reached, read or written at all. */
    UNAVAILABLE;

    /** The lower byte of an extended result code is the primary one (sqlite.org/rescode.html). */
    private static final int PRIMARY = 0xff;

    /** Serialization failure, deadlock, lock and statement timeouts, too many connections. */
    private static final Set<String> BUSY_STATES = Set.of("40001", "40P01", "55P03", "57014", "53300");

    private static final String DISK_FULL_STATE = "53100";

    /** Connection lost, out of resources, shut down, system error (PostgreSQL, appendix A: classes of SQLState). */
    private static final Set<String> UNAVAILABLE_CLASSES = Set.of("08", "53", "57", "58", "XX");

    /** A server that has become, or still is, a standby. */
    private static final String READ_ONLY_STATE = "25006";

    /** Finds the fault that a failure, or what caused it, tells of; there is none if the statement was to blame. */
    static Optional<Fault> of(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return of(sql);
            }
        }
        return Optional.empty();
    }

    private static Optional<Fault> of(SQLException failure) {
        return switch (failure) {
            case SQLiteException sqlite -> ofCode(sqlite.getResultCode().code & PRIMARY);
            // The pool's own: it names a cause if connecting failed, and none if all connections are at work.
            case SQLTransientConnectionException pool -> Optional.of(pool.getCause() == null ? BUSY : UNAVAILABLE);
            default -> Optional.ofNullable(failure.getSQLState()).flatMap(Fault::ofState);
        };
    }

    /** BUSY and LOCKED; FULL; NOMEM, READONLY, IOERR, CORRUPT, CANTOPEN, PROTOCOL, NOTADB. */
    private static Optional<Fault> ofCode(int code) {
        return switch (code) {
            case 5, 6 -> Optional.of(BUSY);
            case 13 -> Optional.of(FULL);
            case 7, 8, 10, 11, 14, 15, 26 -> Optional.of(UNAVAILABLE);
            default -> Optional.empty();
        };
    }

    private static Optional<Fault> ofState(String state) {
        if (BUSY_STATES.contains(state)) {
            return Optional.of(BUSY);
        }
        if (state.equals(DISK_FULL_STATE)) {
            return Optional.of(FULL);
        }
        boolean unavailable = state.equals(READ_ONLY_STATE)
                || (state.length() == 5 && UNAVAILABLE_CLASSES.contains(state.substring(0, 2)));
        return unavailable ? Optional.of(UNAVAILABLE) : Optional.empty();
    }

    /** Returns what callers are told. */
    StorageException exception(Throwable cause) {
        return switch (this) {
            case BUSY -> new StorageBusyException(cause);
            case FULL -> new StorageFullException(cause);
            case UNAVAILABLE -> new StorageUnavailableException(cause);
        };
    }
}
