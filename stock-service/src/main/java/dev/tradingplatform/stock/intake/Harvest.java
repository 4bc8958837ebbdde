package dev.tradingplatform.stock.intake;

import dev.tradingplatform.stock.bar.Arrival;
import dev.tradingplatform.stock.bar.Violation;
import java.util.Iterator;
import java.util.List;

/** What was read out of a body: the good bars, on disk if they are many, until this is closed. For one thread. */
public final class Harvest implements AutoCloseable {

    private final BarSpool bars;
    private final long received;
    private final Faults faults;
    private final List<String> ignoredColumns;

    Harvest(BarSpool bars, long received, Faults faults, List<String> ignoredColumns) {
        this.bars = bars;
        this.received = received;
        this.faults = faults;
        this.ignoredColumns = List.copyOf(ignoredColumns);
    }

    /** Returns the good bars by series and start, no two of a series with the same start. */
    public Iterator<Arrival> bars() {
        return bars.sorted((_, _) -> {});
    }

    /** Returns how many rows there were. */
    public long received() {
        return received;
    }

    /** Returns what is wrong with the others. */
    public Faults faults() {
        return faults;
    }

    /** Returns the columns of a CSV header that were not looked at. */
    public List<String> ignoredColumns() {
        return ignoredColumns;
    }

    @Override
    public void close() {
        bars.close();
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
