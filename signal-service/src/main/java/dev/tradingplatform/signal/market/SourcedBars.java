package dev.tradingplatform.signal.market;

import dev.tradingplatform.signal.bar.Bars;

/**
 * All bars of a series and where they came from. Immutable.
 *
 * @param bars from the first one stored
 * @param source the replica, and whether it still answers
 */
public record SourcedBars(Bars bars, Source source) {

    /**
     * Stands for exactly these bars of the series: equal for equal bars, whichever replica gave them. More than the
     * revision, which begins again with a new database.
     */
    public String version() {
        int size = bars.size();
        return version(
                source.revision(),
                size,
                size == 0 ? 0 : bars.timestamp(size - 1).getEpochSecond());
    }

    static String version(long revision, long count, long lastSecond) {
        return revision + "-" + count + "-" + Long.toHexString(lastSecond);
    }
}
