package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.storage.Storage;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Repository;

/** Lists tickers, and deletes them as a whole. Safe for concurrent use. */
@Repository
public class Tickers {

    /** Sorts after every character of a ticker. */
    private static final String END = "~";

    private final Storage storage;
    private final SeriesRepository repository;

    Tickers(Storage storage, SeriesRepository repository) {
        this.storage = storage;
        this.repository = repository;
    }

    /**
     * What the deletion of a ticker removed.
     *
     * @param series number of timeframes that had bars
     * @param bars number of bars of all of them
     * @param splits number of splits
     * @param dividends number of dividends
     */
    public record Removed(int series, long bars, int splits, int dividends) {

        /** Returns whether the ticker had neither bars nor corporate actions. */
        public boolean foundNothing() {
            return series == 0 && splits == 0 && dividends == 0;
        }
    }

    /** Deletes the bars of all timeframes of a ticker, its splits and its dividends, in one transaction. */
    public Removed delete(Ticker ticker) {
        return storage.write(transaction -> {
            List<Series> known = repository.lockAll(transaction, ticker).stream()
                    .filter(Series::isKnown)
                    .toList();
            transaction
                    .sql()
                    .sql("DELETE FROM quote WHERE ticker = ?")
                    .param(ticker.symbol())
                    .update();
            for (Series series : known) {
                Long first = series.first();
                repository.shrunk(transaction, series, series.bars(), first == null ? 0 : first);
            }
            int splits = transaction
                    .sql()
                    .sql("DELETE FROM split WHERE ticker = ?")
                    .param(ticker.symbol())
                    .update();
            int dividends = transaction
                    .sql()
                    .sql("DELETE FROM dividend WHERE ticker = ?")
                    .param(ticker.symbol())
                    .update();
            Removed removed = new Removed(
                    known.size(), known.stream().mapToLong(Series::bars).sum(), splits, dividends);
            if (removed.foundNothing()) {
                transaction.undo();
            }
            return removed;
        });
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
