package dev.tradingplatform.stock.series;

import dev.tradingplatform.stock.bar.Bar;
import dev.tradingplatform.stock.bar.Decimal;
import dev.tradingplatform.stock.bar.ParsedBar;
import dev.tradingplatform.stock.bar.SeriesKey;
import dev.tradingplatform.stock.bar.SourceLocation;
import dev.tradingplatform.stock.bar.StoredBar;
import dev.tradingplatform.stock.bar.Ticker;
import dev.tradingplatform.stock.bar.Timeframe;
import dev.tradingplatform.stock.storage.Storage;
import dev.tradingplatform.stock.storage.Storages;
import dev.tradingplatform.stock.testing.TestStorage;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Writes without end, and says of each write on its standard output that it was acknowledged, until it is killed. */
final class DoomedWriter {

    static final SeriesKey SINGLE = key("SINGLE");
    static final SeriesKey COUNTER = key("COUNTER");
    static final SeriesKey LEFT = key("LEFT");
    static final SeriesKey RIGHT = key("RIGHT");
    static final int IMPORTED = 40;

    /** Starts of one writer's bars; another's are far from them. */
    static final long SPAN = 1_000_000_000L;

    private final SingleBars singleBars;
    private final BulkImport bulkImport;
    private final Bars bars;
    private final PrintStream acknowledgements;

    private DoomedWriter(Storage storage, PrintStream acknowledgements) {
        SeriesRepository repository =
                new SeriesRepository(InstantSource.system(), new ChangeLog(storage, new ChangeSettings(1_000_000)));
        this.singleBars = new SingleBars(storage, repository);
        this.bulkImport = new BulkImport(storage, repository);
        this.bars = new Bars(storage);
        this.acknowledgements = acknowledgements;
    }

    /** Runs until it is killed: on a file, as on a kind of file system, with starts of bars from a number on. */
    public static void main(String[] args) {
        Storage storage = Storages.openPrepared(Path.of(args[0]), TestStorage.valueOf(args[1]), Duration.ofSeconds(30));
        var writer = new DoomedWriter(storage, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        long start = Long.parseLong(args[2]);
        while (true) {
            writer.putOne(start);
            writer.count();
            writer.importMany(start);
            start += IMPORTED;
        }
    }

    static SeriesKey key(String ticker) {
        return new SeriesKey(new Ticker(ticker), Timeframe.DAY);
    }

    private void putOne(long start) {
        PutOutcome outcome = singleBars.put(SINGLE, bar(start, 1), Precondition.NONE);
        if (outcome instanceof PutOutcome.Created(StoredBar bar)) {
            acknowledge("single", start, bar.version());
        }
    }

    private void count() {
        Optional<StoredBar> read = bars.find(COUNTER, 0);
        long next = read.map(bar -> bar.bar().volume().unscaled()).orElse(0L) + 1;
        PutOutcome outcome = singleBars.put(COUNTER, bar(0, next), current -> current.equals(read));
        switch (outcome) {
            case PutOutcome.Created(StoredBar bar) -> acknowledge("counter", next, bar.version());
            case PutOutcome.Replaced(StoredBar bar) -> acknowledge("counter", next, bar.version());
            case PutOutcome.ConditionFailed _ -> {
                // Another writer was faster: that is what versions are for.
            }
        }
    }

    private void importMany(long start) {
        List<ParsedBar> rows = Stream.of(LEFT, RIGHT)
                .flatMap(key -> LongStream.range(start, start + IMPORTED)
                        .mapToObj(i -> new ParsedBar(key, bar(i, 1), SourceLocation.line(i))))
                .toList();
        ImportOutcome outcome = bulkImport.run(rows.iterator(), ImportMode.UPSERT, _ -> true, _ -> true);
        List<ImportCounts> counts = outcome instanceof ImportOutcome.Done(List<ImportCounts> done) ? done : List.of();
        acknowledge("import", start, counts.getFirst().revision());
    }

    private static Bar bar(long start, long volume) {
        Decimal price = Decimal.of(1, 0);
        return new Bar(start, price, price, price, price, Decimal.of(volume, 0));
    }

    /** One write for one line, so that a line is either there or not. */
    private void acknowledge(String what, long number, long version) {
        acknowledgements.print(what + " " + number + " " + version + "\n");
        acknowledgements.flush();
    }
}
