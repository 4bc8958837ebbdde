package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.Dividend;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stores the cash dividends of tickers. Safe for concurrent use. */
@Component
public final class Dividends extends CorporateActions<Dividend> {

    Dividends(Storage storage, SeriesRepository repository, ChangeLog changes, InstantSource clock) {
        super(storage, repository, changes, clock);
    }

    /**
     * A dividend with the price that it is a part of.
     *
     * @param close of the last bar before the ex-date
     */
    record Paid(Dividend dividend, Decimal close) {}

    /** Returns the dividends of a series that bars before the ex-date exist for, oldest first. */
    static List<Paid> of(Transaction transaction, SeriesKey key) {
        return transaction
                .sql()
                .sql("SELECT d.ex_ts, d.amount, d.amount_scale, q.close, q.price_scale FROM dividend d"
                        + " JOIN quote q ON q.ticker = d.ticker AND q.timeframe = ? AND q.ts = (SELECT max(p.ts)"
                        + " FROM quote p WHERE p.ticker = d.ticker AND p.timeframe = ? AND p.ts < d.ex_ts)"
                        + " WHERE d.ticker = ? ORDER BY d.ex_ts")
                .params(
                        key.timeframe().code(),
                        key.timeframe().code(),
                        key.ticker().symbol())
                .query((row, _) -> new Paid(
                        new Dividend(row.getLong(1), Decimal.of(row.getLong(2), row.getInt(3))),
                        Decimal.of(row.getLong(4), row.getInt(5))))
                .list();
    }

    @Override
    List<Dividend> read(Transaction transaction, Ticker ticker) {
        return transaction
                .sql()
                .sql("SELECT ex_ts, amount, amount_scale FROM dividend WHERE ticker = ? ORDER BY ex_ts")
                .param(ticker.symbol())
                .query((row, _) -> new Dividend(row.getLong(1), Decimal.of(row.getLong(2), row.getInt(3))))
                .list();
    }

    @Override
    void delete(Transaction transaction, Ticker ticker) {
        transaction
                .sql()
                .sql("DELETE FROM dividend WHERE ticker = ?")
                .param(ticker.symbol())
                .update();
    }

    @Override
    void insert(Transaction transaction, Ticker ticker, Dividend dividend) {
        transaction
                .sql()
                .sql("INSERT INTO dividend (ticker, ex_ts, amount, amount_scale) VALUES (?, ?, ?, ?)")
                .params(
                        ticker.symbol(),
                        dividend.start(),
                        dividend.amount().unscaled(),
                        dividend.amount().scale())
                .update();
    }
}
