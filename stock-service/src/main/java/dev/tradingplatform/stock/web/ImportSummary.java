package dev.tradingplatform.stock.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Place;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.bar.Violation;
import dev.tradingplatform.stock.intake.Harvest;
import dev.tradingplatform.stock.quote.ImportCounts;
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
        List<Violation> errors) {

    private static final int LISTED = 100;

    static ImportSummary of(Harvest harvest, List<ImportCounts> counts, ImportRequest request) {
        List<Violation> errors = new ArrayList<>(harvest.faults().listed());
        SortedMap<String, Long> revisions = new TreeMap<>();
        boolean single = request.intake().ticker().isPresent();
        for (ImportCounts series : counts) {
            Map<Long, Place> places = harvest.places().getOrDefault(series.key(), Map.of());
            for (Bar bar : series.refused()
                    .subList(0, Math.min(LISTED, series.refused().size()))) {
                errors.add(exists(places.getOrDefault(bar.start(), Place.document()), bar));
            }
            if (!request.dryRun()) {
                revisions.put(series.key().ticker().symbol(), series.revision());
            }
        }
        return new ImportSummary(
                harvest.received(),
                sum(counts, ImportCounts::inserted),
                sum(counts, ImportCounts::updated),
                sum(counts, ImportCounts::unchanged),
                harvest.faults().rows() + sum(counts, series -> series.refused().size()),
                request.dryRun(),
                single && !revisions.isEmpty() ? revisions.get(revisions.firstKey()) : null,
                single ? null : revisions,
                harvest.ignoredColumns(),
                errors.subList(0, Math.min(LISTED, errors.size())));
    }

    private static long sum(List<ImportCounts> counts, ToLongFunction<ImportCounts> count) {
        return counts.stream().mapToLong(count).sum();
    }

    private static Violation exists(Place place, Bar bar) {
        String timestamp = TimestampFormat.text(bar.start());
        return Violation.at(place, "timestamp", "already-exists", timestamp, "one that is not there yet");
    }
}
