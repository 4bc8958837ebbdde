package dev.tradingplatform.benchmarks;

import java.io.IOException;
import java.text.NumberFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs the suites and prints a Markdown table for each. */
public final class Benchmarks {

    private static final int ROUNDS = 7;
    private static final int COLD_STARTS = 11;
    private static final int COLD_CALLERS = 100;
    private static final int IDLE_ENDPOINTS = 8;
    private static final long IDLE_MILLIS = 20_000;

    private Benchmarks() {}

    /** One table. */
    private enum Suite {
        PICK,
        CALLS,
        COLD_START,
        IDLE;

        String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Suite of(String title) {
            return Arrays.stream(values())
                    .filter(suite -> suite.title().equals(title))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("suite: \"" + title + "\" (expected: one of "
                            + Arrays.stream(values()).map(Suite::title).toList() + ")"));
        }
    }

    /**
     * Runs suites.
     *
     * @param arguments names of suites, separated by commas; empty for all
     */
    public static void main(String[] arguments) throws IOException, RunnerException {
        String names = String.join(",", arguments).strip();
        List<Suite> suites = names.isEmpty()
                ? List.of(Suite.values())
                : Arrays.stream(names.split(",", -1)).map(Suite::of).toList();
        System.out.printf(
                "%n%d cores, Java %s. Ratios hold on other machines, absolute figures do not.%n",
                Runtime.getRuntime().availableProcessors(), Runtime.version());
        for (Suite suite : suites) {
            System.out.printf("%n### %s%n%n", suite.title());
            switch (suite) {
                case PICK -> pick();
                case CALLS -> calls();
                case COLD_START -> coldStart();
                case IDLE -> idle();
            }
        }
    }

    private static void pick() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(PickBenchmark.class.getName())
                        .addProfiler(GCProfiler.class)
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(5)
                        .measurementTime(TimeValue.seconds(1))
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        System.out.println("| endpoints | zone known | pick | of which reading the clock twice | bytes |");
        System.out.println("|---:|---|---:|---:|---:|");
        for (RunResult pick : results) {
            if (pick.getPrimaryResult().getLabel().equals("pick")) {
                String endpoints = pick.getParams().getParam("endpoints");
                String zone = pick.getParams().getParam("zone");
                double clock = results.stream()
                        .filter(other -> other.getPrimaryResult().getLabel().equals("clock")
                                && endpoints.equals(other.getParams().getParam("endpoints"))
                                && zone.equals(other.getParams().getParam("zone")))
                        .findFirst()
                        .orElseThrow()
                        .getPrimaryResult()
                        .getScore();
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %.0f ns | %.0f ns | %.0f |%n",
                        endpoints,
                        zone.equals("true") ? "yes" : "no",
                        pick.getPrimaryResult().getScore(),
                        clock,
                        bytesPerOperation(pick));
            }
        }
    }

    private static double bytesPerOperation(RunResult result) {
        return Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .getScore();
    }

    private static void calls() throws RunnerException {
        Map<Contender, List<Double>> rates = new EnumMap<>(Contender.class);
        Map<Contender, List<Double>> bytes = new EnumMap<>(Contender.class);
        // In turn, so that a machine that becomes slower does so for both.
        for (int round = 0; round < ROUNDS; round++) {
            for (Contender contender : Contender.values()) {
                RunResult result = new Runner(new OptionsBuilder()
                                .include(CallBenchmark.class.getName())
                                .param("contender", contender.name())
                                .addProfiler(GCProfiler.class)
                                .forks(1)
                                .warmupIterations(3)
                                .warmupTime(TimeValue.seconds(2))
                                .measurementIterations(3)
                                .measurementTime(TimeValue.seconds(1))
                                .verbosity(VerboseMode.SILENT)
                                .build())
                        .runSingle();
                rates.computeIfAbsent(contender, none -> new ArrayList<>())
                        .add(result.getPrimaryResult().getScore());
                bytes.computeIfAbsent(contender, none -> new ArrayList<>()).add(bytesPerOperation(result));
            }
        }
        printHeader();
        compare("calls per second", "", rates);
        compare("bytes per call", "", bytes);
    }

    private static void coldStart() throws IOException {
        Map<Contender, List<Double>> opening = new EnumMap<>(Contender.class);
        Map<Contender, List<Double>> median = new EnumMap<>(Contender.class);
        Map<Contender, List<Double>> last = new EnumMap<>(Contender.class);
        Map<Contender, List<Double>> one = new EnumMap<>(Contender.class);
        try (Servers servers = Servers.start(IDLE_ENDPOINTS)) {
            for (int start = 0; start < COLD_STARTS; start++) {
                for (Contender contender : Contender.values()) {
                    double[] many = coldStart(contender, servers, COLD_CALLERS);
                    opening.computeIfAbsent(contender, none -> new ArrayList<>())
                            .add(many[0]);
                    median.computeIfAbsent(contender, none -> new ArrayList<>()).add(many[1]);
                    last.computeIfAbsent(contender, none -> new ArrayList<>()).add(many[2]);
                    one.computeIfAbsent(contender, none -> new ArrayList<>()).add(coldStart(contender, servers, 1)[1]);
                }
            }
        }
        printHeader();
        compare("opening the client", " ms", opening);
        compare("first call, alone", " ms", one);
        compare("first call of " + COLD_CALLERS + " at once, median", " ms", median);
        compare("first call of " + COLD_CALLERS + " at once, last", " ms", last);
    }

    private static double[] coldStart(Contender contender, Servers servers, int callers) throws IOException {
        try (OtherJvm jvm = OtherJvm.start(
                ColdStart.class, contender.name(), servers.addresses().toString(), Integer.toString(callers))) {
            return Arrays.stream(jvm.line().split(" ", -1))
                    .mapToDouble(Double::parseDouble)
                    .toArray();
        }
    }

    private static void idle() throws IOException {
        Map<Contender, List<Double>> shares = new EnumMap<>(Contender.class);
        try (Servers servers = Servers.start(IDLE_ENDPOINTS)) {
            for (int round = 0; round < 3; round++) {
                for (Contender contender : Contender.values()) {
                    try (OtherJvm jvm = OtherJvm.start(
                            Idle.class, contender.name(), servers.addresses().toString(), Long.toString(IDLE_MILLIS))) {
                        shares.computeIfAbsent(contender, none -> new ArrayList<>())
                                .add(Double.parseDouble(jvm.line()));
                    }
                }
            }
        }
        printHeader();
        compare("CPU time of the JVM with an idle client", " % of a core", shares);
    }

    private static void printHeader() {
        System.out.println("| | discovery-client | Apache HttpClient | ratio |");
        System.out.println("|---|---:|---:|---:|");
    }

    /** Prints the medians of both, and their ratio. */
    private static void compare(String figure, String unit, Map<Contender, List<Double>> values) {
        double ours = median(values.getOrDefault(Contender.DISCOVERY_CLIENT, List.of()));
        double apache = median(values.getOrDefault(Contender.APACHE, List.of()));
        int digits = Math.max(ours, apache) < 10 ? 3 : 0;
        System.out.printf(
                Locale.ROOT,
                "| %s | %s%s | %s%s | %.2f |%n",
                figure,
                rounded(ours, digits),
                unit,
                rounded(apache, digits),
                unit,
                ours / apache);
    }

    private static String rounded(double value, int digits) {
        NumberFormat format = NumberFormat.getInstance(Locale.ROOT);
        format.setMinimumFractionDigits(digits);
        format.setMaximumFractionDigits(digits);
        return format.format(value);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
