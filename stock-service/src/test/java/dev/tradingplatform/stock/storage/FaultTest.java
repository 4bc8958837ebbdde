package dev.tradingplatform.stock.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.springframework.jdbc.UncategorizedSQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

class FaultTest {

    @ParameterizedTest
    @CsvSource({
        "SQLITE_BUSY, BUSY",
        "SQLITE_BUSY_SNAPSHOT, BUSY",
        "SQLITE_BUSY_RECOVERY, BUSY",
        "SQLITE_LOCKED, BUSY",
        "SQLITE_FULL, FULL",
        "SQLITE_IOERR_WRITE, UNAVAILABLE",
        "SQLITE_IOERR_FSYNC, UNAVAILABLE",
        "SQLITE_CANTOPEN, UNAVAILABLE",
        "SQLITE_READONLY, UNAVAILABLE",
        "SQLITE_CORRUPT, UNAVAILABLE",
        "SQLITE_PROTOCOL, UNAVAILABLE",
        "SQLITE_NOTADB, UNAVAILABLE"
    })
    void tellsWhatIsWrongWithSqlite(SQLiteErrorCode code, Fault expected) {
        SQLException failure = new SQLiteException("it failed", code);

        assertThat(Fault.of(new UncategorizedSQLException("reading", "SELECT 1", failure)))
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "40P01, BUSY",
        "40001, BUSY",
        "55P03, BUSY",
        "57014, BUSY",
        "53300, BUSY",
        "53100, FULL",
        "08006, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "57P03, UNAVAILABLE",
        "25006, UNAVAILABLE",
        "58030, UNAVAILABLE",
        "XX001, UNAVAILABLE"
    })
    void tellsWhatIsWrongWithPostgresql(String state, Fault expected) {
        assertThat(Fault.of(new IllegalStateException(new SQLException("it failed", state))))
                .contains(expected);
    }

    @Test
    void tellsConnectionsAllInUseFromNoConnectionAtAll() {
        SQLException waited = new SQLTransientConnectionException("timed out");
        SQLException refused = new SQLTransientConnectionException("timed out", new SQLException("refused", "08001"));

        assertThat(Fault.of(waited)).contains(Fault.BUSY);
        assertThat(Fault.of(refused)).contains(Fault.UNAVAILABLE);
    }

    @ParameterizedTest
    @EnumSource(
            value = SQLiteErrorCode.class,
            mode = Mode.INCLUDE,
            names = {"SQLITE_ERROR", "SQLITE_CONSTRAINT_CHECK", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_MISUSE"})
    void blamesNotTheDatabaseForAStatement(SQLiteErrorCode code) {
        assertThat(Fault.of(new SQLiteException("it failed", code))).isEmpty();
        assertThat(Fault.of(new SQLException("it failed", "23514"))).isEmpty();
        assertThat(Fault.of(new IllegalStateException("it failed"))).isEmpty();
    }
}
