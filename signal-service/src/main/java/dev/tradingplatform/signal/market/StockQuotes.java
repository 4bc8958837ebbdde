package dev.tradingplatform.signal.market;

import dev.tradingplatform.signal.cache.BoundedCache;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bars of stock-service: asked for each time, sent again only when they have changed, and served from the last
 * copy, marked as stale, when no replica answers. Safe for concurrent use; blocks.
 */
public final class StockQuotes {

    private final StockService stockService;
    private final BoundedCache<Ticker, Copy> copies;
    private final InstantSource clock;
    private final AtomicReference<@Nullable TickerList> lastTickers = new AtomicReference<>();

    /** @param keptBars how many bars to keep, all tickers together */
    StockQuotes(StockService stockService, long keptBars, InstantSource clock) {
        this.stockService = stockService;
        this.copies = new BoundedCache<>(keptBars, copy -> copy.bars().size());
        this.clock = clock;
    }

    /**
     * All bars of a ticker.
     *
     * @throws MarketDataException if the ticker is unknown, or the bars cannot be had and there is no copy of them
     */
    public SourcedBars bars(Ticker ticker) {
        Optional<Copy> known = copies.of(ticker);
        try {
            Copy copy = stockService.bars(ticker, known);
            copies.keep(ticker, copy);
            return copy.fresh();
        } catch (MarketDataException.UnknownTicker e) {
            copies.drop(ticker);
            throw e;
        } catch (MarketDataException e) {
            return known.orElseThrow(() -> e).stale(clock.instant());
        }
    }

    /**
     * Every ticker there is.
     *
     * @throws MarketDataException if the list cannot be had and there is no copy of it
     */
    public TickerList tickers() {
        try {
            TickerList tickers = stockService.tickers();
            lastTickers.set(tickers);
            return tickers;
        } catch (MarketDataException e) {
            return Optional.ofNullable(lastTickers.get()).orElseThrow(() -> e).stale(clock.instant());
        }
    }

    /** Asks some replica something small. Whether it answers is for discovery-client to note, and for nobody else. */
    public void touch() {
        try {
            stockService.touch();
        } catch (MarketDataException noted) {
            // Endpoint states say so
        }
    }
}
