package dev.tradingplatform.stock.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tradingplatform.stock.bar.Arrival;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.intake.Harvest;
import dev.tradingplatform.stock.quote.ImportCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an import did, or with {@code dryRun} would do.
 *
 * @param received rows
 * @param inserted bars that were not there
 * @param updated bars that were there and differed
 * @param unchanged bars that were there and stayed as they were
 * @param rejected rows that were passed over because of their errors
 * @param dryRun whether nothing was written
 * @param revision of the ticker in the path, afterwards; absent after a dry run and if there was nothing to write
 * @param revisions of each ticker, afterwards, if the path names none
 * @param ignoredColumns of a CSV header
 * @param errors the first hundred
 * @param seconds from the first byte of the body to the commit
 * @param rowsPerSecond received, on average
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ImportSummary(
        long received,
        long inserted,
        long updated,
        long unchanged,
        long rejected,
        boolean dryRun,
        @Nullable Long revision,
        @Nullable Map<String, Long> revisions,
        List<String> ignoredColumns,
        List<Violation> errors,
        double seconds,
        long rowsPerSecond) {

    private static final int LISTED = 100;
    private static final double MILLIS = 1000;

    static ImportSummary of(Harvest harvest, List<ImportCounts> counts, ImportRequest request, Duration taken) {
        List<Violation> errors = new ArrayList<>(harvest.faults().listed());
        errors.addAll(listed(counts));
        SortedMap<String, Long> revisions = new TreeMap<>();
        if (!request.dryRun()) {
            counts.forEach(series -> revisions.put(series.key().ticker().symbol(), series.revision()));
        }
        boolean single = request.intake().ticker().isPresent();
        long millis = Math.max(1, taken.toMillis());
        return new ImportSummary(
                harvest.received(),
                sum(counts, ImportCounts::inserted),
                sum(counts, ImportCounts::updated),
                sum(counts, ImportCounts::unchanged),
                harvest.faults().rows() + conflicts(counts),
                request.dryRun(),
                single && !revisions.isEmpty() ? revisions.get(revisions.firstKey()) : null,
                single ? null : revisions,
                harvest.ignoredColumns(),
                errors.subList(0, Math.min(LISTED, errors.size())),
                millis / MILLIS,
                Math.round(harvest.received() * MILLIS / millis));
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

    private static Violation exists(Arrival arrival) {
        String timestamp = TimestampFormat.text(arrival.bar().start());
        return Violation.at(arrival.place(), "timestamp", "already-exists", timestamp, "one that is not there yet");
    }
}
