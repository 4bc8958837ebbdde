package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Violation;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What was read out of a body.
 *
 * @param bars the good ones, no two of a series with the same start; in the order of the body
 * @param places where each of them stands
 * @param faults what is wrong with the others
 * @param ignoredColumns of a CSV header
 */
public record Harvest(
        SortedMap<SeriesKey, List<Bar>> bars,
        Map<SeriesKey, Map<Long, Place>> places,
        Faults faults,
        List<String> ignoredColumns) {

    /** Returns how many rows there were. */
    public long received() {
        return bars.values().stream().mapToLong(List::size).sum() + faults.rows();
    }

    /**
     * What is wrong with a body.
     *
     * @param listed the first of them
     * @param total how many there are
     * @param rows how many rows are spoilt by them
     * @param fatal whether the rest of the body could not be read because of the last one
     */
    public record Faults(List<Violation> listed, long total, long rows, boolean fatal) {}
}
