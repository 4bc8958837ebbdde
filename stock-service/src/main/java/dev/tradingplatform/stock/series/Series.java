package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.SeriesKey;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a ticker's bars as a whole.
 *
 * @param key ticker and timeframe
 * @param revision counts the changes of any of its bars, deletions included; the same on every replica
 * @param bars how many there are; a series without any is one whose bars were all deleted
 * @param first start of the oldest bar, epoch second; absent without bars
 * @param last start of the newest bar, epoch second; absent without bars
 */
public record Series(
        SeriesKey key,
        long revision,
        long bars,
        @Nullable Long first,
        @Nullable Long last) {

    /** Tells whether clients know this series. */
    public boolean isKnown() {
        return bars > 0;
    }
}
