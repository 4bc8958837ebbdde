package dev.tradingplatform.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What callers saw of faults, for people and READMEs. */
final class Table {

    private final List<String> rows = new ArrayList<>(List.of(
            "| what happens to a replica, or to DNS | requests | failed | p50 | p99 | max |",
            "|---|---:|---:|---:|---:|---:|"));

    void add(String fault, SignalLoad load) {
        rows.add("| %s | %d | %d | %s | %s | %s |"
                .formatted(
                        fault,
                        load.answers(),
                        load.failures().size(),
                        millis(load.percentile(0.5)),
                        millis(load.percentile(0.99)),
                        millis(load.percentile(1))));
    }

    String markdown() {
        return String.join("\n", rows) + "\n";
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%,d ms", duration.toMillis());
    }
}
