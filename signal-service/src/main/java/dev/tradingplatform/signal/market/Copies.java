package dev.tradingplatform.signal.market;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The latest copies, up to a number of bars in all; those not asked for longest go first. Safe for concurrent use. */
final class Copies {

    // What an empty copy counts for, so that endless empty tickers cannot fill the memory either
    private static final long OVERHEAD_IN_BARS = 16;

    private final long capacity;

    /** In the order of use; guarded by this. */
    private final Map<Ticker, Copy> byTicker = new LinkedHashMap<>(16, 0.75f, true);

    /** Guarded by this. */
    private long held;

    /** @param capacity bars in all; a copy larger than this is not kept */
    Copies(long capacity) {
        this.capacity = capacity;
    }

    synchronized Optional<Copy> of(Ticker ticker) {
        return Optional.ofNullable(byTicker.get(ticker));
    }

    synchronized void keep(Ticker ticker, Copy copy) {
        drop(ticker);
        byTicker.put(ticker, copy);
        held += weight(copy);
        Iterator<Copy> oldest = byTicker.values().iterator();
        while (held > capacity) {
            held -= weight(oldest.next());
            oldest.remove();
        }
    }

    synchronized void drop(Ticker ticker) {
        Copy gone = byTicker.remove(ticker);
        if (gone != null) {
            held -= weight(gone);
        }
    }

    private static long weight(Copy copy) {
        return copy.bars().size() + OVERHEAD_IN_BARS;
    }
}
