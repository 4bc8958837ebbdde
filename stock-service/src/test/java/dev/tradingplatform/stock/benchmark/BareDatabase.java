package dev.tradingplatform.stock.benchmark;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The same tables and settings with nothing around them: what the driver can do at best. */
final class BareDatabase {

    /** The columns of the service's own table. */
    private static final String TABLE = """
            CREATE TABLE quote (
                ticker TEXT NOT NULL, timeframe TEXT NOT NULL, ts INTEGER NOT NULL, price_scale INTEGER NOT NULL,
                open INTEGER NOT NULL, high INTEGER NOT NULL, low INTEGER NOT NULL, close INTEGER NOT NULL,
                volume INTEGER NOT NULL, volume_scale INTEGER NOT NULL, version INTEGER NOT NULL,
                PRIMARY KEY (ticker, timeframe, ts),
                CHECK (low <= open AND low <= close AND high >= open AND high >= close AND volume >= 0
                    AND price_scale BETWEEN 0 AND 9 AND volume_scale BETWEEN 0 AND 9)
            ) STRICT, WITHOUT ROWID""";

    private static final int BATCH = 1000;
    private static final long BEGIN = 1_577_836_800;
    private static final JsonFactory JSON = new JsonFactory();

    private final Connection connection;

    BareDatabase(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TABLE);
        }
        connection.setAutoCommit(false);
    }

    static long start(int row) {
        return BEGIN + 60L * row;
    }

    /** Returns open, high, low and close in hundredths. */
    static long[] prices(int row) {
        long open = 10_000L + row * 7919L % 5000;
        return new long[] {open, open + 125, open - 150, open + 50};
    }

    int insert(String ticker, int rows) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO quote VALUES (?,?,?,?,?,?,?,?,?,?,?)")) {
            for (int i = 0; i < rows; i++) {
                bind(insert, ticker, i);
                insert.addBatch();
                if ((i + 1) % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
        return rows;
    }

    /** Reads the oldest bars of a ticker and writes them as the service does. */
    byte[] readAsJson(String ticker, int rows) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT ts, open, high, low, close, volume, version FROM quote"
                                + " WHERE ticker = ? AND timeframe = '1m' ORDER BY ts LIMIT ?");
                JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            select.setString(1, ticker);
            select.setInt(2, rows);
            json.writeStartArray();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    write(json, row);
                }
            }
            json.writeEndArray();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator json, ResultSet row) throws SQLException {
        json.writeStartObject();
        json.writeStringProperty(
                "timestamp", Instant.ofEpochSecond(row.getLong(1)).toString());
        json.writeName("open").writeNumber(decimal(row.getLong(2)));
        json.writeName("high").writeNumber(decimal(row.getLong(3)));
        json.writeName("low").writeNumber(decimal(row.getLong(4)));
        json.writeName("close").writeNumber(decimal(row.getLong(5)));
        json.writeName("volume").writeNumber(row.getLong(6));
        json.writeNumberProperty("version", row.getLong(7));
        json.writeEndObject();
    }

    private static BigDecimal decimal(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2);
    }

    private static void bind(PreparedStatement insert, String ticker, int row) throws SQLException {
        long[] price = prices(row);
        insert.setString(1, ticker);
        insert.setString(2, "1m");
        insert.setLong(3, start(row));
        for (int n = 0; n < price.length; n++) {
            insert.setLong(5 + n, price[n]);
        }
        insert.setInt(4, 2);
        insert.setLong(9, 1000 + row % 9999);
        insert.setInt(10, 0);
        insert.setLong(11, 1);
    }
}
