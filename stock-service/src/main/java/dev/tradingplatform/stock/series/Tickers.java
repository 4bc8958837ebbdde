package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.storage.Storage;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Lists what tickers there are. Safe for concurrent use. */
@Repository
public class Tickers {

    /** Sorts after every character of a ticker. */
    private static final String END = "~";

    private final Storage storage;

    Tickers(Storage storage) {
        this.storage = storage;
    }

    /** Returns a number that grows whenever anything in the database changes, and never else. */
    public long revision() {
        return storage.read(transaction -> transaction
                .sql()
                .sql("SELECT coalesce(sum(revision), 0) FROM ticker")
                .query((row, _) -> row.getLong(1))
                .single());
    }

    /**
     * Returns tickers in order, with their last prices.
     *
     * @param prefix what they begin with, in upper case; may be empty
     * @param after the last series that the client has seen
     * @param limit how many at most
     */
    public List<Listing> list(String prefix, Optional<SeriesKey> after, int limit) {
        String ticker = after.map(key -> key.ticker().symbol()).orElse("");
        String timeframe = after.map(key -> key.timeframe().code()).orElse("");
        return storage.read(transaction -> transaction
                .sql()
                .sql("SELECT t.ticker, t.timeframe, t.revision, t.bars, t.first_ts, t.last_ts, q.close, q.price_scale"
                        + " FROM ticker t JOIN quote q"
                        + " ON q.ticker = t.ticker AND q.timeframe = t.timeframe AND q.ts = t.last_ts"
                        + " WHERE t.bars > 0 AND t.ticker >= ? AND t.ticker < ?"
                        + " AND (t.ticker, t.timeframe) > (?, ?)"
                        + " ORDER BY t.ticker, t.timeframe LIMIT ?")
                .params(prefix, prefix + END, ticker, timeframe, limit)
                .query((row, _) -> new Listing(Rows.series(row), Decimal.of(row.getLong(7), row.getInt(8))))
                .list());
    }
}
