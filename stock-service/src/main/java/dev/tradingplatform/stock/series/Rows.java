package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.BarColumns;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows of the two tables as values. */
final class Rows {

    static final String SERIES = "ticker, timeframe, revision, bars, first_ts, last_ts";
    static final String BAR = BarColumns.SQL + ", version";

    private Rows() {}

    static StoredBar bar(ResultSet row) throws SQLException {
        return new StoredBar(BarColumns.read(row), row.getLong(BarColumns.SQL_COUNT + 1));
    }

    static Series series(ResultSet row) throws SQLException {
        Timeframe timeframe = Timeframe.parse(row.getString(2)).orElseThrow();
        SeriesKey key = new SeriesKey(new Ticker(row.getString(1)), timeframe);
        return new Series(key, row.getLong(3), row.getLong(4), epochSecond(row, 5), epochSecond(row, 6));
    }

    private static @Nullable Long epochSecond(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}
