package dev.tradingplatform.stock.api;

import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.Split;
import dev.tradingplatform.stock.bar.TimestampFormat;
import dev.tradingplatform.stock.importing.ImportResult;
import dev.tradingplatform.stock.importing.ImportResult.ImpliedSplit;
import dev.tradingplatform.stock.importing.ImportResult.ImpliedSplits;
import dev.tradingplatform.stock.series.ImportCounts;
import dev.tradingplatform.stock.series.Splits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Compares an import with the splits that are stored: a series must hold prices as they were traded, and the splits
 * that adjust them. Safe for concurrent use.
 */
@Component
final class AdjustmentWarnings {

    /** An export may name the ex-date, or the next day with a trade. */
    private static final long SAME_TIME = Duration.ofDays(7).toSeconds();

    /** A dividend at the same time changes a ratio so much at most. */
    private static final double SAME_RATIO = 0.1;

    /** Of the bars that could be compared, before it is said that a file is adjusted. */
    private static final int MIN_ADJUSTED = 3;

    private final Splits splits;

    AdjustmentWarnings(Splits splits) {
        this.splits = splits;
    }

    List<ImportSummary.Warning> of(ImportResult result, List<ImportCounts> counts) {
        List<ImportSummary.Warning> warnings = new ArrayList<>();
        counts.forEach(series -> adjustedOverRaw(series).ifPresent(warnings::add));
        for (ImpliedSplits implied : result.impliedSplits()) {
            List<Split> stored = splits.find(implied.key().ticker()).orElse(List.of());
            missingSplit(implied, stored).ifPresent(warnings::add);
            alreadyAdjusted(implied, stored).ifPresent(warnings::add);
        }
        return warnings;
    }

    private static Optional<ImportSummary.Warning> adjustedOverRaw(ImportCounts counts) {
        return counts.adjusted() < MIN_ADJUSTED
                ? Optional.empty()
                : Optional.of(warning(
                        "adjusted-over-raw",
                        counts.adjusted(),
                        counts.key(),
                        Optional.empty(),
                        "The closes of %d bars of %s are the stored closes, adjusted by the stored splits. The file has"
                                        .formatted(
                                                counts.adjusted(), counts.key().ticker())
                                + " adjusted prices; this series has prices as they were traded, and would be adjusted"
                                + " twice. Import an export without adjustment, or delete the splits."));
    }

    private static Optional<ImportSummary.Warning> missingSplit(ImpliedSplits implied, List<Split> stored) {
        List<ImpliedSplit> missing = implied.splits().stream()
                .filter(split -> stored.stream().noneMatch(known -> isSame(known, split)))
                .toList();
        return missing.stream()
                .findFirst()
                .map(split -> warning(
                        "missing-split",
                        missing.size(),
                        implied.key(),
                        Optional.of(split.start()),
                        "The adjusted closes of %s imply a split of %s at %s, and no such split is stored: send it with"
                                        .formatted(implied.key().ticker(), ratio(split), date(split.start()))
                                + " PUT to the path /splits, so that adjustment=split can adjust earlier prices."));
    }

    private static Optional<ImportSummary.Warning> alreadyAdjusted(ImpliedSplits implied, List<Split> stored) {
        List<Split> unseen = stored.stream()
                .filter(split -> split.start() > implied.first() && split.start() <= implied.last())
                .filter(split -> implied.splits().stream().noneMatch(seen -> isSame(split, seen)))
                .toList();
        return unseen.stream()
                .findFirst()
                .map(split -> warning(
                        "already-adjusted",
                        unseen.size(),
                        implied.key(),
                        Optional.of(split.start()),
                        "A split of %d for %d is stored for %s at %s, but the adjusted closes of the file show none: its"
                                        .formatted(
                                                split.numerator(),
                                                split.denominator(),
                                                implied.key().ticker(),
                                                date(split.start()))
                                + " prices are adjusted already, and would be adjusted twice. Import an export without"
                                + " adjustment, or delete the split."));
    }

    private static boolean isSame(Split stored, ImpliedSplit implied) {
        double ratio = (double) stored.numerator() / stored.denominator();
        return Math.abs(stored.start() - implied.start()) <= SAME_TIME
                && Math.abs(implied.ratio() / ratio - 1) <= SAME_RATIO;
    }

    private static String ratio(ImpliedSplit split) {
        return split.ratio() >= 1
                ? String.format(Locale.ROOT, "about %.1f for 1", split.ratio())
                : String.format(Locale.ROOT, "about 1 for %.1f", 1 / split.ratio());
    }

    private static String date(long start) {
        return TimestampFormat.text(start);
    }

    private static ImportSummary.Warning warning(
            String code, long count, SeriesKey key, Optional<Long> start, String message) {
        return new ImportSummary.Warning(
                code,
                count,
                key.ticker().symbol(),
                start.map(TimestampFormat::text).orElse(null),
                message);
    }
}
