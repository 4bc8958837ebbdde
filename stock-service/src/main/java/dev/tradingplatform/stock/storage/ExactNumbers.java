package dev.tradingplatform.stock.storage;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Version 3 of the schema: prices become integers with a scale instead of millionths, volumes too instead of
 * floating-point numbers, and prices may be 0 or negative. Prices stay exactly what they were, and so do volumes of at
 * most nine decimals; volumes with more are rounded, half to even. The table is copied within one transaction.
 */
record ExactNumbers(Dialect dialect) implements JavaMigration {

    private static final Logger LOG = LoggerFactory.getLogger(ExactNumbers.class);

    private static final String TABLE = """
            CREATE TABLE quote (
                ticker       ${text}    NOT NULL,
                timeframe    ${text}    NOT NULL,
                ts           ${integer} NOT NULL,
                price_scale  ${small}   NOT NULL,
                open         ${integer} NOT NULL,
                high         ${integer} NOT NULL,
                low          ${integer} NOT NULL,
                close        ${integer} NOT NULL,
                volume       ${integer} NOT NULL,
                volume_scale ${small}   NOT NULL,
                version      ${integer} NOT NULL,
                PRIMARY KEY (ticker, timeframe, ts),
                CHECK (low <= open AND low <= close AND high >= open AND high >= close AND volume >= 0
                    AND price_scale BETWEEN 0 AND 9 AND volume_scale BETWEEN 0 AND 9)
            )${keyed}
            """;

    private static final int MICROS_SCALE = 6;
    private static final int MAX_SCALE = 9;
    private static final int BATCH = 1000;
    private static final int PROGRESS = 1_000_000;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("3");
    }

    @Override
    public String getDescription() {
        return "exact numbers";
    }

    @Override
    public Integer getChecksum() {
        return TABLE.hashCode();
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE quote RENAME TO quote_2");
            statement.execute(table());
            copy(connection);
            statement.execute("DROP TABLE quote_2");
        }
    }

    private String table() {
        String table = TABLE;
        for (Map.Entry<String, String> word : dialect.words().entrySet()) {
            table = table.replace("${" + word.getKey() + "}", word.getValue());
        }
        return table;
    }

    private static void copy(Connection connection) throws SQLException {
        try (Statement reading = connection.createStatement();
                PreparedStatement writing =
                        connection.prepareStatement("INSERT INTO quote VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            reading.setFetchSize(BATCH);
            ResultSet bars = reading.executeQuery("SELECT ticker, timeframe, ts, open_u, high_u, low_u, close_u,"
                    + " volume, version FROM quote_2 ORDER BY ticker, timeframe, ts");
            long count = 0;
            while (bars.next()) {
                convert(bars, writing);
                writing.addBatch();
                count++;
                if (count % BATCH == 0) {
                    writing.executeBatch();
                }
                if (count % PROGRESS == 0) {
                    LOG.info("Schema version 3: {} bars converted", count);
                }
            }
            writing.executeBatch();
        }
    }

    private static void convert(ResultSet bar, PreparedStatement target) throws SQLException {
        long[] prices = {bar.getLong(4), bar.getLong(5), bar.getLong(6), bar.getLong(7)};
        int scale = MICROS_SCALE;
        while (scale > 0 && areMultiplesOfTen(prices)) {
            for (int i = 0; i < prices.length; i++) {
                prices[i] /= 10;
            }
            scale--;
        }
        BigDecimal rounded = BigDecimal.valueOf(bar.getDouble(8)).setScale(MAX_SCALE, RoundingMode.HALF_EVEN);
        BigDecimal shortest = rounded.signum() == 0 ? BigDecimal.ZERO : rounded.stripTrailingZeros();
        BigDecimal volume = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
        target.setString(1, bar.getString(1));
        target.setString(2, bar.getString(2));
        target.setLong(3, bar.getLong(3));
        target.setInt(4, scale);
        for (int i = 0; i < prices.length; i++) {
            target.setLong(5 + i, prices[i]);
        }
        target.setLong(9, volume.unscaledValue().longValueExact());
        target.setInt(10, volume.scale());
        target.setLong(11, bar.getLong(9));
    }

    private static boolean areMultiplesOfTen(long[] numbers) {
        for (long number : numbers) {
            if (number % 10 != 0) {
                return false;
            }
        }
        return true;
    }
}
