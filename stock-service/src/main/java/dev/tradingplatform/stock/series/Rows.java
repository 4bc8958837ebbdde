package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Decimal;
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
    static final String BAR = "ts, price_scale, open, high, low, close, volume, volume_scale, version";

    private Rows() {}

    static StoredBar bar(ResultSet row) throws SQLException {
        int scale = row.getInt(2);
        Bar bar = new Bar(
                row.getLong(1),
                Decimal.of(row.getLong(3), scale),
                Decimal.of(row.getLong(4), scale),
                Decimal.of(row.getLong(5), scale),
                Decimal.of(row.getLong(6), scale),
                Decimal.of(row.getLong(7), row.getInt(8)));
        return new StoredBar(bar, row.getLong(9));
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
