package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Transaction;
import java.time.InstantSource;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stores the splits of tickers. Safe for concurrent use. */
@Component
public final class Splits extends CorporateActions<Split> {

    Splits(Storage storage, SeriesRepository repository, ChangeLog changes, InstantSource clock) {
        super(storage, repository, changes, clock);
    }

    @Override
    List<Split> read(Transaction transaction, Ticker ticker) {
        return of(transaction, ticker);
    }

    static List<Split> of(Transaction transaction, Ticker ticker) {
        return transaction
                .sql()
                .sql("SELECT starts_at, numerator, denominator FROM split WHERE ticker = ? ORDER BY starts_at")
                .param(ticker.symbol())
                .query((row, _) -> new Split(row.getLong(1), row.getInt(2), row.getInt(3)))
                .list();
    }

    @Override
    void delete(Transaction transaction, Ticker ticker) {
        transaction
                .sql()
                .sql("DELETE FROM split WHERE ticker = ?")
                .param(ticker.symbol())
                .update();
    }

    @Override
    void insert(Transaction transaction, Ticker ticker, Split split) {
        transaction
                .sql()
                .sql("INSERT INTO split (ticker, starts_at, numerator, denominator) VALUES (?, ?, ?, ?)")
                .params(ticker.symbol(), split.start(), split.numerator(), split.denominator())
                .update();
    }
}
