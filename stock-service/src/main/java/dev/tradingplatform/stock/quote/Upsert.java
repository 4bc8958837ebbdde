package dev.tradingplatform.stock.quote;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.storage.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes bars in batches; the same statement in SQLite and PostgreSQL. */
enum Upsert {
    /** Replaces a bar that differs, and leaves one that does not as it is, its version included. */
    REPLACING(" DO UPDATE SET open_u = excluded.open_u, high_u = excluded.high_u, low_u = excluded.low_u,"
            + " close_u = excluded.close_u, volume = excluded.volume, version = excluded.version"
            + " WHERE (quote.open_u, quote.high_u, quote.low_u, quote.close_u, quote.volume)"
            + " IS DISTINCT FROM"
            + " (excluded.open_u, excluded.high_u, excluded.low_u, excluded.close_u, excluded.volume)"),

    /** Leaves every bar that is there as it is. */
    ADDING(" DO NOTHING");

    /** Beyond a thousand rows a batch gains nothing, and the driver holds all of it in memory. */
    static final int BATCH = 1000;

    private final String sql;

    Upsert(String onConflict) {
        this.sql = "INSERT INTO quote (ticker, timeframe, ts, open_u, high_u, low_u, close_u, volume, version)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ticker, timeframe, ts)" + onConflict;
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
        statement.setLong(3, bar.start());
        statement.setLong(4, bar.open());
        statement.setLong(5, bar.high());
        statement.setLong(6, bar.low());
        statement.setLong(7, bar.close());
        statement.setDouble(8, bar.volume());
        statement.setLong(9, version);
    }
}
