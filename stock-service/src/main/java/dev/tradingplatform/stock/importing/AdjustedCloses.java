package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The splits that the column of adjusted closes implies. At a split, the quotient of adjusted close and close changes
 * by the ratio of the split; at a dividend it changes by some per cent. For one body and one thread.
 */
final class AdjustedCloses {

    /** No dividend that is usual changes a price so much, and no split so little. */
    private static final double MIN_RATIO = 1.2;

    private static final int MAX_SERIES = 100;
    private static final int MAX_SPLITS = 100;

    private final Map<SeriesKey, Track> tracks = new HashMap<>();

    void look(ParsedBar parsed, Optional<Decimal> adjustedClose) {
        double close = parsed.bar().close().toBigDecimal().doubleValue();
        double adjusted = adjustedClose
                .map(Decimal::toBigDecimal)
                .map(Number::doubleValue)
                .orElse(0.0);
        if (close <= 0 || adjusted <= 0) {
            return;
        }
        Track track = tracks.get(parsed.key());
        if (track == null && tracks.size() < MAX_SERIES) {
            track = new Track();
            tracks.put(parsed.key(), track);
        }
        if (track != null) {
            track.add(parsed.bar().start(), adjusted / close);
        }
    }

    List<ImportResult.ImpliedSplits> implied() {
        return tracks.entrySet().stream()
                .map(entry -> entry.getValue().implied(entry.getKey()))
                .toList();
    }

    /** The rows of one series, in the order of time or against it. */
    private static final class Track {

        private final List<ImportResult.ImpliedSplit> splits = new ArrayList<>();
        private @Nullable Row previous;
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;

        void add(long start, double quotient) {
            Row before = previous;
            previous = new Row(start, quotient);
            first = Math.min(first, start);
            last = Math.max(last, start);
            if (before == null || splits.size() == MAX_SPLITS) {
                return;
            }
            double ratio = start > before.start() ? quotient / before.quotient() : before.quotient() / quotient;
            if (ratio >= MIN_RATIO || ratio <= 1 / MIN_RATIO) {
                splits.add(new ImportResult.ImpliedSplit(Math.max(start, before.start()), ratio));
            }
        }

        ImportResult.ImpliedSplits implied(SeriesKey key) {
            return new ImportResult.ImpliedSplits(key, first, last, splits);
        }

        private record Row(long start, double quotient) {}
    }
}
