package dev.tradingplatform.stock.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * A load run that prints ratios: {@code java -cp … dev.tradingplatform.stock.benchmark.Bench [rows] [rounds]}. The
 * service runs as a process with a heap of 128 MiB; what it is compared with runs in this one.
 */
public final class Bench {

    private static final int READ_ROWS = 2500;
    private static final int READS = 400;
    private static final int MICROS = 1_000_000;

    private Bench() {}

    /**
     * Runs it.
     *
     * @param arguments rows of an import, 1,000,000 if absent, and rounds, 3 if absent
     */
    public static void main(String[] arguments) throws Exception {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : MICROS;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Path directory = Files.createTempDirectory("stock-bench");
        Path csv = directory.resolve("bars.csv");
        write(csv, rows);
        BareDatabase bare = new BareDatabase(directory.resolve("bare.db"));
        try (ServiceUnderLoad service = ServiceUnderLoad.start(directory.resolve("service.db"))) {
            for (int round = 1; round <= rounds; round++) {
                String ticker = "BENCH" + round;
                double alone = rate(rows, () -> bare.insert(ticker, rows));
                double http = rate(rows, () -> service.importCsv(ticker, csv));
                double export = rate(rows, () -> service.exportCsv(ticker, rows));
                print(
                        "round %d: import %,.0f rows/s, bare batches %,.0f rows/s, ratio %.2f; export %,.0f rows/s",
                        round, http, alone, http / alone, export);
            }
            read(bare, service);
            print("heap of the service after all that: %s", service.heap());
        }
    }

    private static void read(BareDatabase bare, ServiceUnderLoad service) throws Exception {
        for (int round = 1; round <= 3; round++) {
            double alone = median(() -> bare.readAsJson("BENCH1", READ_ROWS));
            double http = median(() -> service.readJson("BENCH1", READ_ROWS));
            print(
                    "round %d: reading %d bars as JSON: %.2f ms over HTTP, %.2f ms bare, ratio %.2f",
                    round, READ_ROWS, http, alone, http / alone);
        }
    }

    private static double rate(int rows, Callable<?> work) throws Exception {
        long begun = System.nanoTime();
        work.call();
        return rows * 1e9 / (System.nanoTime() - begun);
    }

    private static double median(Callable<?> work) throws Exception {
        double[] millis = new double[READS];
        for (int i = 0; i < READS; i++) {
            long begun = System.nanoTime();
            work.call();
            millis[i] = (System.nanoTime() - begun) / 1e6;
        }
        return IntStream.range(0, READS)
                .mapToDouble(i -> millis[i])
                .sorted()
                .skip(READS / 2)
                .findFirst()
                .orElseThrow();
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
