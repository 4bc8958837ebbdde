package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.StoredBar;
import java.util.List;

/**
 * Bars and the revision of their series, read at the same moment.
 *
 * @param series what they belong to
 * @param bars in the order asked for
 */
public record Snapshot(Series series, List<StoredBar> bars) {

    /** Keeps the list as it is now. */
    public Snapshot {
        bars = List.copyOf(bars);
    }
}
