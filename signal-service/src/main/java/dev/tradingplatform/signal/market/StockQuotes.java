package dev.tradingplatform.signal.market;

import dev.tradingplatform.discovery.CallOptions;
import dev.tradingplatform.signal.cache.BoundedCache;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
    private final BoundedCache<SeriesKey, Copy> copies;
    private final BoundedCache<Ticker, KnownSplits> splits;
    private final InstantSource clock;
    private final Duration staleAfter;
    private final AtomicReference<@Nullable TickerList> lastTickers = new AtomicReference<>();
    private volatile boolean outage;

    /** The splits of a ticker, as they were at one version of its bars. */
    private record KnownSplits(String version, List<Split> splits) {}

    /**
     * @param keptBars how many bars to keep, all tickers together
     * @param staleAfter how long to wait for stock-service if there is a copy
     */
    StockQuotes(StockService stockService, long keptBars, Duration staleAfter, InstantSource clock) {
        this.stockService = stockService;
        this.staleAfter = staleAfter;
        this.copies = new BoundedCache<>(keptBars, copy -> copy.bars().size());
        this.splits = new BoundedCache<>(keptBars, known -> known.splits().size());
        this.clock = clock;
    }

    /**
     * All bars of a series.
     *
     * @throws MarketDataException if there is no such series, or the bars cannot be had and there is no copy of them
     */
    public SourcedBars bars(SeriesKey key) {
        Optional<Copy> known = copies.of(key);
        try {
            Copy copy = stockService.bars(key, known, options(known.isPresent()));
            outage = false;
            copies.keep(key, copy);
            return copy.fresh();
        } catch (MarketDataException.UnknownTicker e) {
            outage = false;
            copies.drop(key);
            throw e;
        } catch (MarketDataException e) {
            outage = e instanceof MarketDataException.NoEndpoint;
            return known.orElseThrow(() -> e).stale(clock.instant());
        }
    }

    /**
     * The splits of a ticker, oldest first. They are read once for each version of its bars: a new split changes the
     * revision of all series of the ticker. With a stale copy of the bars, those read last are returned, if any.
     *
     * @param of bars of the ticker
     * @throws MarketDataException if they cannot be had, although the bars are not stale
     */
    public List<Split> splits(SeriesKey key, SourcedBars of) {
        Optional<KnownSplits> known = splits.of(key.ticker());
        if (of.source().stale()) {
            return known.map(KnownSplits::splits).orElse(List.of());
        }
        String version = key.timeframe().code() + " " + of.version();
        return known.filter(it -> it.version().equals(version))
                .orElseGet(() -> {
                    KnownSplits read = new KnownSplits(version, stockService.splits(key, options(known.isPresent())));
                    splits.keep(key.ticker(), read);
                    return read;
                })
                .splits();
    }

    /**
     * Every ticker there is, with each of its timeframes.
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
