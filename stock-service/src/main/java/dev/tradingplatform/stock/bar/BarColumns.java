package dev.tradingplatform.stock.bar;

import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The forms of a bar: columns of SQL, fields of JSON and CSV, and a record of bytes. A value that is added to
 * {@link Bar} is added to each method here; {@code importing} reads it from files.
 *
 * <p>In SQL and bytes the four prices are integers with one common scale.
 */
public final class BarColumns {

    /** Names of the columns that {@link #read} reads, in their order. */
    public static final String SQL = "ts, price_scale, open, high, low, close, volume, volume_scale";

    /** How many columns {@link #SQL} names. */
    public static final int SQL_COUNT = names().length;

    /** The columns of {@link #SQL} of which at least one differs if a bar with the same start differs. */
    public static final String SQL_VALUES = SQL.substring("ts, ".length());

    /** Header of the columns that {@link #appendCsv} appends. */
    public static final String CSV = "timestamp,open,high,low,close,volume";

    /** Bytes that {@link #write} writes. */
    public static final int BYTES = 6 * Long.BYTES + 2 * Byte.BYTES;

    private BarColumns() {}

    /** Returns the columns of {@link #SQL_VALUES} with a prefix before each, such as {@code excluded.}. */
    public static String sqlValues(String prefix) {
        return Arrays.stream(names()).skip(1).map(prefix::concat).collect(Collectors.joining(", "));
    }

    /** Reads the columns of {@link #SQL}, which are the first of a row. */
    public static Bar read(ResultSet row) throws SQLException {
        int scale = row.getInt(2);
        return new Bar(
                row.getLong(1),
                Decimal.of(row.getLong(3), scale),
                Decimal.of(row.getLong(4), scale),
                Decimal.of(row.getLong(5), scale),
                Decimal.of(row.getLong(6), scale),
                Decimal.of(row.getLong(7), row.getInt(8)));
    }

    /**
     * Sets the columns of {@link #SQL} in a statement.
     *
     * @param first index of the first of them
     */
    public static void bind(PreparedStatement statement, int first, Bar bar) throws SQLException {
        int scale = bar.priceScale();
        statement.setLong(first, bar.start());
        statement.setInt(first + 1, scale);
        statement.setLong(first + 2, bar.open().unscaled(scale));
        statement.setLong(first + 3, bar.high().unscaled(scale));
        statement.setLong(first + 4, bar.low().unscaled(scale));
        statement.setLong(first + 5, bar.close().unscaled(scale));
        statement.setLong(first + 6, bar.volume().unscaled());
        statement.setInt(first + 7, bar.volume().scale());
    }

    /** Reads {@link #BYTES} bytes. */
    public static Bar read(ByteBuffer buffer) {
        long start = buffer.getLong();
        int scale = buffer.get();
        return new Bar(
                start,
                Decimal.of(buffer.getLong(), scale),
                Decimal.of(buffer.getLong(), scale),
                Decimal.of(buffer.getLong(), scale),
                Decimal.of(buffer.getLong(), scale),
                Decimal.of(buffer.getLong(), buffer.get()));
    }

    /** Writes {@link #BYTES} bytes. */
    public static void write(ByteBuffer buffer, Bar bar) {
        int scale = bar.priceScale();
        buffer.putLong(bar.start()).put((byte) scale);
        buffer.putLong(bar.open().unscaled(scale)).putLong(bar.high().unscaled(scale));
        buffer.putLong(bar.low().unscaled(scale)).putLong(bar.close().unscaled(scale));
        buffer.putLong(bar.volume().unscaled()).put((byte) bar.volume().scale());
    }

    /** Appends the values between commas. None of them needs quotes. */
    public static void appendCsv(StringBuilder target, Bar bar) {
        TimestampFormat.append(target, bar.start());
        bar.open().append(target.append(','));
        bar.high().append(target.append(','));
        bar.low().append(target.append(','));
        bar.close().append(target.append(','));
        bar.volume().append(target.append(','));
    }

    /**
     * Appends the fields between commas, without braces. None of them needs escapes: by hand it takes a third of the
     * time of a generator that cannot know.
     *
     * @param quote stands before and after each number; may be empty
     */
    public static void appendJson(StringBuilder target, Bar bar, String quote) {
        TimestampFormat.append(target.append("\"timestamp\":\""), bar.start());
        bar.open().append(target.append("\",\"open\":").append(quote));
        bar.high().append(target.append(quote).append(",\"high\":").append(quote));
        bar.low().append(target.append(quote).append(",\"low\":").append(quote));
        bar.close().append(target.append(quote).append(",\"close\":").append(quote));
        bar.volume().append(target.append(quote).append(",\"volume\":").append(quote));
        target.append(quote);
    }

    private static String[] names() {
        return SQL.split(", ", -1);
    }
}
