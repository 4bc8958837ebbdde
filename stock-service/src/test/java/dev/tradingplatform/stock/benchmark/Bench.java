package dev.tradingplatform.stock.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * A load run that prints ratios and verdicts: {@code java -cp … dev.tradingplatform.stock.benchmark.Bench [rows]
 * [rounds]}. The service runs as a process with a heap of 128 MiB; what it is compared with runs in this one. Both are
 * warm before anything is judged. Ends with status 1 if a bound is missed.
 */
public final class Bench {

    private static final int READ_ROWS = 2500;
    private static final int READS = 400;
    private static final int MICROS = 1_000_000;
    private static final int WARM_UP = 2;
    private static final double LEAST_OF_BARE_IMPORT = 0.60;
    private static final double MOST_OF_BARE_READ = 3.0;
    private static final long MOST_GROWTH = 32 << 10;

    private final int rows;
    private final int rounds;
    private final Path csv;
    private final BareDatabase bare;
    private final ServiceUnderLoad service;
    private boolean missed;

    private Bench(int rows, int rounds, Path directory, ServiceUnderLoad service) throws Exception {
        this.rows = rows;
        this.rounds = rounds;
        this.service = service;
        this.csv = directory.resolve("bars.csv");
        this.bare = new BareDatabase(directory.resolve("bare.db"));
        write(csv, rows);
    }

    /**
     * Runs it.
     *
     * @param arguments rows of an import, 1,000,000 if absent, and rounds, 5 if absent
     */
    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MICROS;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
        Path directory = Files.createTempDirectory("stock-bench");
        boolean missed;
        try (ServiceUnderLoad service = ServiceUnderLoad.start(directory.resolve("service.db"))) {
            Bench bench = new Bench(rows, rounds, directory, service);
            bench.imports();
            bench.reads();
            bench.memory();
            missed = bench.missed;
        }
        System.exit(missed ? 1 : 0);
    }

    private void imports() throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= WARM_UP + rounds; round++) {
            String ticker = "BENCH" + round;
            double alone = rate(rows, () -> bare.insert(ticker, rows));
            double http = rate(rows, () -> service.importCsv(ticker, csv));
            double export = rate(rows, () -> service.exportCsv(ticker, rows));
            print(
                    "%s: import %,.0f rows/s over HTTP, %,.0f rows/s bare, ratio %.2f; export %,.0f rows/s",
                    name(round), http, alone, http / alone, export);
            ratios.add(http / alone);
        }
        double ratio = median(ratios.subList(WARM_UP, ratios.size()));
        judge(
                "import of %,d bars over HTTP at %.2f of the rate of bare batches (at least %.2f)"
                        .formatted(rows, ratio, LEAST_OF_BARE_IMPORT),
                ratio >= LEAST_OF_BARE_IMPORT);
    }

    private void reads() throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int round = 1; round <= WARM_UP + rounds; round++) {
            double[] alone = new double[READS];
            double[] http = new double[READS];
            // In turns, so that whatever else the machine does slows both
            for (int i = 0; i < READS; i++) {
                alone[i] = millis(() -> bare.readAsJson("BENCH1", READ_ROWS));
                http[i] = millis(() -> service.readJson("BENCH1", READ_ROWS));
            }
            double ratio = median(http) / median(alone);
            print(
                    "%s: %d bars as JSON in %.2f ms over HTTP, %.2f ms bare, ratio %.2f",
                    name(round), READ_ROWS, median(http), median(alone), ratio);
            ratios.add(ratio);
        }
        double ratio = median(ratios.subList(WARM_UP, ratios.size()));
        judge(
                "%d bars as JSON over HTTP in %.2f times the bare query and serialisation (at most %.2f)"
                        .formatted(READ_ROWS, ratio, MOST_OF_BARE_READ),
                ratio <= MOST_OF_BARE_READ);
    }

    /** What survives a full collection, asked again and again while a million bars go in and out. */
    private void memory() throws Exception {
        long idle = service.liveHeap();
        long importing = service.mostLiveHeapWhile(() -> service.importCsv("MEMORY", csv));
        long exporting = service.mostLiveHeapWhile(() -> service.exportCsv("MEMORY", rows));
        print("live heap of -Xmx128m: %,d KiB idle, %,d importing, %,d exporting", idle, importing, exporting);
        judge(
                "memory is flat: at most %,d KiB more while %,d bars go in and out"
                        .formatted(Math.max(importing, exporting) - idle, rows),
                Math.max(importing, exporting) - idle <= MOST_GROWTH);
    }

    private void judge(String what, boolean holds) {
        missed |= !holds;
        print("%s  %s", holds ? "PASS" : "MISS", what);
    }

    private static String name(int round) {
        return round <= WARM_UP ? "warm-up " + round : "round " + (round - WARM_UP);
    }

    private static double median(List<Double> values) {
        return median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double rate(int rows, Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        return rows * 1e9 / (System.nanoTime() - begun);
    }

    private static double millis(Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        return (System.nanoTime() - begun) / 1e6;
    }

    private static void write(Path csv, int rows) throws IOException {
        try (var out = Files.newBufferedWriter(csv)) {
            out.write("timestamp,open,high,low,close,volume\n");
            for (int i = 0; i < rows; i++) {
                long[] price = BareDatabase.prices(i);
                List<String> fields = IntStream.range(0, 4)
                        .mapToObj(n -> price[n] / MICROS + "." + (price[n] / 10_000 % 100 + 100 + "").substring(1))
                        .toList();
                out.write(Instant.ofEpochSecond(BareDatabase.start(i)) + "," + String.join(",", fields) + ","
                        + (1000 + i % 9999) + "\n");
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(format + "%n", values);
    }
}
