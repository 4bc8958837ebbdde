package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.storage.Transaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes bars in batches; the same statement in SQLite and PostgreSQL. */
enum Upsert {
    /** Replaces a bar that differs, and leaves one that does not as it is, its version included. */
    REPLACING(
            " DO UPDATE SET (price_scale, open, high, low, close, volume, volume_scale, version) = (excluded.price_scale,"
                    + " excluded.open, excluded.high, excluded.low, excluded.close, excluded.volume, excluded.volume_scale,"
                    + " excluded.version) WHERE (quote.price_scale, quote.open, quote.high, quote.low, quote.close,"
                    + " quote.volume, quote.volume_scale) IS DISTINCT FROM (excluded.price_scale, excluded.open,"
                    + " excluded.high, excluded.low, excluded.close, excluded.volume, excluded.volume_scale)"),
    /** Leaves every bar that is there as it is. */
    ADDING(" DO NOTHING");

    /** Beyond a thousand rows a batch gains nothing, and the driver holds all of it in memory. */
    static final int BATCH = 1000;

    private final String sql;

    Upsert(String onConflict) {
        this.sql = "INSERT INTO quote (ticker, timeframe, ts, price_scale, open, high, low, close, volume,"
                + " volume_scale, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (ticker, timeframe, ts)"
                + onConflict;
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
        int scale = bar.priceScale();
        statement.setInt(4, scale);
        statement.setLong(5, bar.open().unscaled(scale));
        statement.setLong(6, bar.high().unscaled(scale));
        statement.setLong(7, bar.low().unscaled(scale));
        statement.setLong(8, bar.close().unscaled(scale));
        statement.setLong(9, bar.volume().unscaled());
        statement.setInt(10, bar.volume().scale());
        statement.setLong(11, version);
    }
}
