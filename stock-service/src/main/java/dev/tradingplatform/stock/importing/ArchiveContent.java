package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Dividend;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Violation;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of an archive: its bars, on disk if they are many, until this is closed. For one thread. */
public final class ArchiveContent implements AutoCloseable {

    private final BarSpool bars;
    private final Map<Ticker, List<Split>> splits;
    private final Map<Ticker, List<Dividend>> dividends;
    private final ArchiveTotals totals;
    private final Optional<Violation> fault;

    ArchiveContent(
            BarSpool bars,
            Map<Ticker, List<Split>> splits,
            Map<Ticker, List<Dividend>> dividends,
            ArchiveTotals totals,
            Optional<Violation> fault) {
        this.bars = bars;
        this.splits = splits;
        this.dividends = dividends;
        this.totals = totals;
        this.fault = fault;
    }

    /** Returns the bars by series and start. */
    public Iterator<ParsedBar> bars() {
        return bars.sorted((_, _) -> {});
    }

    /** Returns the splits of the tickers that have some. */
    public Map<Ticker, List<Split>> splits() {
        return splits;
    }

    /** Returns the dividends of the tickers that have some. */
    public Map<Ticker, List<Dividend>> dividends() {
        return dividends;
    }

    /** Returns what was read. */
    public ArchiveTotals totals() {
        return totals;
    }

    /** Returns the first fault: a line that cannot be read, or totals that are not those of the last line. */
    public Optional<Violation> fault() {
        return fault;
    }

    @Override
    public void close() {
        bars.close();
    }
}
