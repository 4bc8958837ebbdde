package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.CallOptions;
import dev.tradingplatform.signal.cache.BoundedCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The bars of stock-service: asked for each time, sent again only when they have changed, and served from the last
 * copy, marked as stale, when no replica answers. Safe for concurrent use; blocks.
 */
public final class StockQuotes {

    /**
     * For a replica that accepts connections again this is enough, and a screen of many copies must not take minutes.
     */
    private static final Duration STALE_AFTER_IN_OUTAGE = Duration.ofMillis(100);

    private final StockService stockService;
    private final BoundedCache<Ticker, Copy> copies;
    private final InstantSource clock;
    private final Duration staleAfter;
    private final AtomicReference<@Nullable TickerList> lastTickers = new AtomicReference<>();
    private volatile boolean outage;

    /**
     * @param keptBars how many bars to keep, all tickers together
     * @param staleAfter how long to wait for stock-service if there is a copy
     */
    StockQuotes(StockService stockService, long keptBars, Duration staleAfter, InstantSource clock) {
        this.stockService = stockService;
        this.staleAfter = staleAfter;
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
            Copy copy = stockService.bars(ticker, known, options(known.isPresent()));
            outage = false;
            copies.keep(ticker, copy);
            return copy.fresh();
        } catch (MarketDataException.UnknownTicker e) {
            outage = false;
            copies.drop(ticker);
            throw e;
        } catch (MarketDataException e) {
            outage = e instanceof MarketDataException.NoEndpoint;
            return known.orElseThrow(() -> e).stale(clock.instant());
        }
    }

    /**
     * Every ticker there is.
     *
     * @throws MarketDataException if the list cannot be had and there is no copy of it
     */
    public TickerList tickers() {
        Optional<TickerList> known = Optional.ofNullable(lastTickers.get());
        try {
            TickerList tickers = stockService.tickers(options(known.isPresent()));
            outage = false;
            lastTickers.set(tickers);
            return tickers;
        } catch (MarketDataException e) {
            outage = e instanceof MarketDataException.NoEndpoint;
            return known.orElseThrow(() -> e).stale(clock.instant());
        }
    }

    // While no replica accepts a connection, discovery-client waits for one until the deadline.
    private CallOptions options(boolean copyKept) {
        if (!copyKept) {
            return CallOptions.NONE;
        }
        Duration wait = outage && staleAfter.compareTo(STALE_AFTER_IN_OUTAGE) > 0 ? STALE_AFTER_IN_OUTAGE : staleAfter;
        return CallOptions.NONE.withDeadlineAt(System.nanoTime() + wait.toNanos());
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
