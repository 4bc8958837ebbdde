package dev.tradingplatform.stock.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.importing.ImportResult;
import dev.tradingplatform.stock.series.ImportCounts;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or with {@code dryRun} would do.
 *
 * @param received rows
 * @param inserted bars that were not there
 * @param updated bars that were there and differed
 * @param unchanged bars that were there and stayed as they were
 * @param rejected rows that were passed over because of their errors
 * @param dropped rows without prices, and notes around the table
 * @param duplicates rows that were left out because another row has the same time
 * @param rounded bars with a number that has more digits than are stored
 * @param dryRun whether nothing was written
 * @param revision of the ticker in the path, afterwards; absent after a dry run and if there was nothing to write
 * @param revisions of each ticker, afterwards, if the path names none
 * @param detected how the body was read
 * @param first bar of the body by time
 * @param last bar of the body by time
 * @param droppedRows the first hundred, and why
 * @param warnings what was accepted although it is unusual
 * @param errors the first hundred
 * @param seconds from the first byte of the body to the commit
 * @param rowsPerSecond received, on average
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportSummary(
        @Schema(description = "Rows.") long received,
        long inserted,
        long updated,
        long unchanged,
        long rejected,

        @Schema(description = "Rows without prices, titles and footers.")
        long dropped,

        @Schema(description = "Rows that were left out because another row has the same time.")
        long duplicates,

        @Schema(description = "Bars with a number of more than 9 decimals or 18 digits, rounded half to even.")
        long rounded,

        boolean dryRun,
        @Nullable Long revision,
        @Nullable Map<String, Long> revisions,
        @Schema(description = "How the body was read.") ImportResult.Detected detected,

        @Schema(description = "The oldest bar of the body.") @Nullable
        EndBar first,

        @Schema(description = "The newest bar of the body.") @Nullable
        EndBar last,

        @ArraySchema(
                maxItems = LISTED,
                arraySchema = @Schema(description = "The first hundred. Codes: no-prices, not-a-row."))
        List<Violation> droppedRows,

        @ArraySchema(arraySchema = @Schema(description = "What was accepted although it is unusual."))
        List<Warning> warnings,

        @ArraySchema(maxItems = LISTED) List<Violation> errors,
        double seconds,
        long rowsPerSecond) {

    private static final int LISTED = 100;
    private static final double MILLIS = 1000;

    static ImportSummary of(
            ImportResult result,
            List<ImportCounts> counts,
            List<Warning> adjustment,
            ImportRequest request,
            Duration taken) {
        List<Violation> errors = new ArrayList<>(result.faults().listed());
        errors.addAll(listed(counts));
        SortedMap<String, Long> revisions = new TreeMap<>();
        if (!request.dryRun()) {
            counts.forEach(series -> revisions.put(series.key().ticker().symbol(), series.revision()));
        }
        ImportResult.Rows rows = result.rows();
        boolean single = request.ticker() != null;
        long millis = Math.max(1, taken.toMillis());
        return new ImportSummary(
                rows.received(),
                sum(counts, ImportCounts::inserted),
                sum(counts, ImportCounts::updated),
                sum(counts, ImportCounts::unchanged),
                result.faults().rows() + conflicts(counts),
                rows.dropped(),
                rows.duplicates(),
                rows.rounded(),
                request.dryRun(),
                single && !revisions.isEmpty() ? revisions.get(revisions.firstKey()) : null,
                single ? null : revisions,
                result.detected(),
                result.range().map(range -> EndBar.of(range.first())).orElse(null),
                result.range().map(range -> EndBar.of(range.last())).orElse(null),
                rows.droppedRows(),
                Stream.concat(result.warnings().stream().map(Warning::of), adjustment.stream())
                        .toList(),
                errors.subList(0, Math.min(LISTED, errors.size())),
                millis / MILLIS,
                Math.round(rows.received() * MILLIS / millis));
    }

    /** Returns how many bars were there already although that is an error. */
    static long conflicts(List<ImportCounts> counts) {
        return sum(counts, series -> series.refused().total());
    }

    /** Returns the first of them. */
    static List<Violation> listed(List<ImportCounts> counts) {
        return counts.stream()
                .flatMap(series -> series.refused().listed().stream())
                .limit(LISTED)
                .map(ImportSummary::exists)
                .toList();
    }

    private static long sum(List<ImportCounts> counts, ToLongFunction<ImportCounts> count) {
        return counts.stream().mapToLong(count).sum();
    }

    private static Violation exists(ParsedBar parsed) {
        String timestamp = TimestampFormat.text(parsed.bar().start());
        return Violation.at(parsed.location(), "timestamp", "already-exists", timestamp, "one that is not there yet");
    }

    /**
     * Something unusual that was accepted.
     *
     * @param code the kind: negative-price, zero-price, missing-split, already-adjusted or adjusted-over-raw
     * @param count how many bars or splits it concerns
     * @param ticker of the first of them
     * @param timestamp of the first of them; absent if all bars are concerned
     * @param message what it means, and where the first of them is
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Warning(
            @Schema(
                    allowableValues = {
                        "negative-price",
                        "zero-price",
                        "missing-split",
                        "already-adjusted",
                        "adjusted-over-raw"
                    })
            String code,

            @Schema(description = "Bars or splits that it concerns.")
            long count,

            @Schema(description = "Of the first of them.") String ticker,

            @Schema(description = "Of the first of them; absent if all bars are concerned.", format = "date-time")
            @Nullable
            String timestamp,

            String message) {

        static Warning of(ImportResult.Warning warning) {
            ParsedBar first = warning.first();
            return new Warning(
                    warning.code(),
                    warning.count(),
                    first.key().ticker().symbol(),
                    TimestampFormat.text(first.bar().start()),
                    first.location() + ": " + warning.detail());
        }
    }

    /**
     * A bar at one end of a body, for a person to compare with the file.
     *
     * @param open price, as the others without superfluous zeros
     */
    record EndBar(
            String ticker,
            @Schema(format = "date-time") String timestamp,
            BigDecimal open,
            BigDecimal high,
            BigDecimal low,
            BigDecimal close,
            BigDecimal volume) {

        static EndBar of(ParsedBar parsed) {
            Bar bar = parsed.bar();
            return new EndBar(
                    parsed.key().ticker().symbol(),
                    TimestampFormat.text(bar.start()),
                    bar.open().toBigDecimal(),
                    bar.high().toBigDecimal(),
                    bar.low().toBigDecimal(),
                    bar.close().toBigDecimal(),
                    bar.volume().toBigDecimal());
        }
    }
}
