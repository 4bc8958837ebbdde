package dev.tradingplatform.stock.importing;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The content of a body: its bars, on disk if they are many, until this is closed. For one thread. */
public final class ImportResult implements AutoCloseable {

    private final BarSpool bars;
    private final Rows rows;
    private final Faults faults;
    private final List<Warning> warnings;
    private final List<ImpliedSplits> impliedSplits;
    private final Detected detected;
    private final Optional<Range> range;

    ImportResult(
            BarSpool bars,
            Rows rows,
            Faults faults,
            List<Warning> warnings,
            List<ImpliedSplits> impliedSplits,
            Detected detected,
            Optional<Range> range) {
        this.bars = bars;
        this.rows = rows;
        this.faults = faults;
        this.warnings = warnings;
        this.impliedSplits = List.copyOf(impliedSplits);
        this.detected = detected;
        this.range = range;
    }

    /** Returns the bars by series and start, no two of a series with the same start. */
    public Iterator<ParsedBar> bars() {
        return bars.sorted((_, _) -> {});
    }

    /** Returns what became of the rows. */
    public Rows rows() {
        return rows;
    }

    /** Returns what is wrong with the body. */
    public Faults faults() {
        return faults;
    }

    /** Returns what was accepted although it is unusual. */
    public List<Warning> warnings() {
        return warnings;
    }

    /** Returns what the column of adjusted closes implies for each series, of at most a hundred series. */
    public List<ImpliedSplits> impliedSplits() {
        return impliedSplits;
    }

    /** Returns how the body was read. */
    public Detected detected() {
        return detected;
    }

    /** Returns the first and the last bar by time; nothing if there are no bars. */
    public Optional<Range> range() {
        return range;
    }

    @Override
    public void close() {
        bars.close();
    }

    /**
     * What became of the rows.
     *
     * @param received how many there are
     * @param dropped how many have no prices, or are notes around the table: they are no bars and no faults
     * @param droppedRows the first hundred of them
     * @param duplicates how many were left out because another row has the same time
     * @param rounded how many have a number with more digits than are stored
     */
    public record Rows(long received, long dropped, List<Violation> droppedRows, long duplicates, long rounded) {}

    /**
     * What is wrong with a body.
     *
     * @param listed the first hundred faults
     * @param total how many there are
     * @param rows how many rows have one
     * @param fatal whether the rest of the body could not be read because of the last one
     */
    public record Faults(List<Violation> listed, long total, long rows, boolean fatal) {}

    /**
     * Something unusual that was accepted.
     *
     * @param code the kind, such as {@code negative-price}
     * @param count how many bars it concerns
     * @param first the first of them
     * @param detail one sentence for people
     */
    public record Warning(String code, long count, ParsedBar first, String detail) {}

    /**
     * The splits that the adjusted closes of a series imply.
     *
     * @param first start of the first bar with an adjusted close, epoch second
     * @param last start of the last bar with an adjusted close
     * @param splits at most a hundred
     */
    public record ImpliedSplits(SeriesKey key, long first, long last, List<ImpliedSplit> splits) {

        /** Keeps the list as it is now. */
        public ImpliedSplits {
            splits = List.copyOf(splits);
        }
    }

    /**
     * A split that adjusted closes imply.
     *
     * @param start of the first bar after it, epoch second
     * @param ratio new shares for each old share, with an error of the dividends paid at the same time
     */
    public record ImpliedSplit(long start, double ratio) {}

    /**
     * How a body was read.
     *
     * @param format csv, json or ndjson
     * @param separator of CSV
     * @param decimal sign of CSV
     * @param columns the name of each column of CSV that was read, by the name of its value
     * @param ignoredColumns the names of the other columns of CSV
     * @param dateFormat of the first timestamp
     * @param zone that timestamps were read in
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Detected(
            @Schema(allowableValues = {"csv", "json", "ndjson"})
            String format,

            @Nullable String separator,
            @Nullable String decimal,

            @Schema(description = "Name of the column of each value.") @Nullable
            Map<String, String> columns,

            List<String> ignoredColumns,

            @Schema(description = "Of the first timestamp.") @Nullable
            String dateFormat,

            @Nullable String zone) {}

    /**
     * The bars at both ends of a body.
     *
     * @param first the oldest
     * @param last the newest
     */
    public record Range(ParsedBar first, ParsedBar last) {}
}
