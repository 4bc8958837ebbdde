package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import java.util.List;

/**
 * What an import did to one series.
 *
 * @param key the series
 * @param inserted bars that were not there
 * @param updated bars that were there and differed
 * @param unchanged bars that were there and stayed as they were
 * @param refused bars that were there, if that is an error
 * @param adjusted bars whose close is the stored close on the basis of the splits, and not the stored close
 * @param revision of the series afterwards
 */
public record ImportCounts(
        SeriesKey key, long inserted, long updated, long unchanged, Refused refused, long adjusted, long revision) {

    /**
     * Bars that are there already.
     *
     * @param total how many
     * @param listed the first hundred
     */
    public record Refused(long total, List<ParsedBar> listed) {}
}
