package dev.tradingplatform.stock.importing;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.BarColumns;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.spool.Spool;
import dev.tradingplatform.stock.spool.SpoolFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes bars in any order and gives them back sorted, as often as asked. Beyond {@value #IN_MEMORY} bars it keeps them
 * on disk, so that memory does not grow with the body. For one thread.
 */
final class BarSpool implements AutoCloseable {

    private static final int IN_MEMORY = 20_000;
    private static final int RECORD = Integer.BYTES + BarColumns.BYTES + Long.BYTES;
    private static final int RECORDS_AT_ONCE = 500;

    private final Spool spool;
    private final DuplicatePolicy policy;
    private final List<SeriesKey> series = new ArrayList<>();
    private final Map<SeriesKey, Integer> numbers = new HashMap<>();
    private final List<Extent> runs = new ArrayList<>();
    private final List<ParsedBar> recent = new ArrayList<>();
    private @Nullable ParsedBar latest;
    private boolean ascending = true;
    private SourceLocation.Kind locationKind = SourceLocation.Kind.DOCUMENT;
    private @Nullable SpoolFile file;

    BarSpool(Spool spool, DuplicatePolicy policy) {
        this.spool = spool;
        this.policy = policy;
    }

    /** Tells whether each bar was to come after the one before it, so that no two can collide. */
    boolean isAscending() {
        return ascending;
    }

    /** Returns how many series there are bars of. */
    int seriesCount() {
        return series.size();
    }

    void add(ParsedBar parsed) {
        numbers.computeIfAbsent(parsed.key(), key -> {
            series.add(key);
            return series.size() - 1;
        });
        locationKind = parsed.location().kind();
        ascending = ascending && (latest == null || (latest.compareTo(parsed) < 0 && !latest.collidesWith(parsed)));
        latest = parsed;
        recent.add(parsed);
        if (recent.size() == IN_MEMORY) {
            writeRun();
        }
    }

    /** Returns all bars by series and start, one of those that collide, and reports each collision. */
    Iterator<ParsedBar> sorted(BiConsumer<ParsedBar, ParsedBar> collision) {
        List<Iterator<ParsedBar>> all = new ArrayList<>();
        runs.forEach(extent -> all.add(new Run(extent)));
        all.add(SortedBars.sorted(recent));
        // Runs that came in order need not be merged.
        return new SortedBars(ascending ? List.of(new Chain(all.iterator())) : all, policy, collision);
    }

    @Override
    public void close() {
        if (file != null) {
            file.close();
        }
    }

    private void writeRun() {
        SpoolFile target = file == null ? spool.file() : file;
        file = target;
        long from = target.size();
        ByteBuffer buffer = ByteBuffer.allocate(RECORD * RECORDS_AT_ONCE);
        SortedBars.sorted(recent).forEachRemaining(parsed -> {
            put(buffer, parsed);
            if (!buffer.hasRemaining()) {
                target.append(buffer.flip());
                buffer.clear();
            }
        });
        target.append(buffer.flip());
        runs.add(new Extent(target, from, target.size()));
        recent.clear();
    }

    private void put(ByteBuffer buffer, ParsedBar parsed) {
        buffer.putInt(numbers.getOrDefault(parsed.key(), 0));
        BarColumns.write(buffer, parsed.bar());
        buffer.putLong(parsed.location().number());
    }

    private ParsedBar get(ByteBuffer buffer) {
        SeriesKey key = series.get(buffer.getInt());
        Bar bar = BarColumns.read(buffer);
        return new ParsedBar(key, bar, new SourceLocation(locationKind, buffer.getLong()));
    }

    private static final class Chain implements Iterator<ParsedBar> {

        private final Iterator<Iterator<ParsedBar>> runs;
        private Iterator<ParsedBar> run = Collections.emptyIterator();

        Chain(Iterator<Iterator<ParsedBar>> runs) {
            this.runs = runs;
        }

        @Override
        public boolean hasNext() {
            while (!run.hasNext() && runs.hasNext()) {
                run = runs.next();
            }
            return run.hasNext();
        }

        @Override
        public ParsedBar next() {
            return run.next();
        }
    }

    private record Extent(SpoolFile file, long from, long to) {}

    private final class Run implements Iterator<ParsedBar> {

        private final Extent extent;
        private final ByteBuffer buffer =
                ByteBuffer.allocate(RECORD * RECORDS_AT_ONCE).limit(0);
        private long position;

        Run(Extent extent) {
            this.extent = extent;
            this.position = extent.from();
        }

        @Override
        public boolean hasNext() {
            return position < extent.to() || buffer.hasRemaining();
        }

        @Override
        public ParsedBar next() {
            if (!buffer.hasRemaining()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), extent.to() - position));
                extent.file().read(buffer, position);
                position += buffer.position();
                buffer.flip();
            }
            return get(buffer);
        }
    }
}
