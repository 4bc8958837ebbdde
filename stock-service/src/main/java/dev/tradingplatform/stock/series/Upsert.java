package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.BarColumns;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.storage.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes bars in batches; the same statement in SQLite and PostgreSQL. */
enum Upsert {
    /** Replaces a bar that differs, and leaves one that does not as it is, its version included. */
    REPLACING(" DO UPDATE SET (" + BarColumns.SQL_VALUES + ", version) = (" + BarColumns.sqlValues("excluded.")
            + ", excluded.version) WHERE (" + BarColumns.sqlValues("quote.") + ") IS DISTINCT FROM ("
            + BarColumns.sqlValues("excluded.") + ")"),
    /** Leaves every bar that is there as it is. */
    ADDING(" DO NOTHING");

    /** Beyond a thousand rows a batch gains nothing, and the driver holds all of it in memory. */
    static final int BATCH = 1000;

    private final String sql;

    Upsert(String onConflict) {
        this.sql = "INSERT INTO quote (ticker, timeframe, version, " + BarColumns.SQL + ") VALUES (?, ?, ?"
                + ", ?".repeat(BarColumns.SQL_COUNT) + ") ON CONFLICT (ticker, timeframe, ts)" + onConflict;
    }

    /** Returns for each bar, in their order, whether it was written. */
    boolean[] run(Transaction transaction, SeriesKey key, List<Bar> bars, long version) {
        int[][] counts = transaction
                .batches()
                .batchUpdate(sql, bars, BATCH, (statement, bar) -> bind(statement, key, bar, version));
        boolean[] written = new boolean[bars.size()];
        int row = 0;
        for (int[] batch : counts) {
            for (int count : batch) {
                written[row++] = count > 0;
            }
        }
        return written;
    }

    private static void bind(PreparedStatement statement, SeriesKey key, Bar bar, long version) throws SQLException {
        statement.setString(1, key.ticker().symbol());
        statement.setString(2, key.timeframe().code());
        statement.setLong(3, version);
        BarColumns.bind(statement, 4, bar);
    }
}
