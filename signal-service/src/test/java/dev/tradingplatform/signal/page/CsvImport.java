package dev.tradingplatform.signal.page;

import dev.tradingplatform.signal.bar.Bar;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.market.FakeStockService.Answer;
import dev.tradingplatform.signal.market.FakeStockService.Import;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Answers imports of CSV as stock-service does, with plain columns and dates as in {@code 2024-01-31} and
 * {@code 01/31/2024}. The bars replace those that are stored.
 */
final class CsvImport {

    private record Fault(int line, String field, String code, String value, String expected) {

        String json() {
            return """
                    {"line":%d,"field":"%s","code":"%s","value":"%s","message":"%s: %s (expected: %s)"}""".formatted(line, field, code, value, field, value, expected);
        }
    }

    private final FakeStockService replica;
    private final Map<String, String> parameters;
    private final List<Bar> bars = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private String dateFormat;
    private boolean fatal;

    private CsvImport(FakeStockService replica, Map<String, String> parameters) {
        this.replica = replica;
        this.parameters = parameters;
        this.dateFormat = URLDecoder.decode(parameters.getOrDefault("dateFormat", ""), StandardCharsets.UTF_8);
    }

    static Answer into(FakeStockService replica, Import file) {
        Map<String, String> parameters = UriComponentsBuilder.fromUriString(file.uri())
                .build()
                .getQueryParams()
                .toSingleValueMap();
        return new CsvImport(replica, parameters).take(file);
    }

    private Answer take(Import file) {
        String[] lines = file.body().strip().split("\n", -1);
        if (!lines[0].contains("open")) {
            refuseAll(new Fault(1, "header", "missing-column", lines[0], "a header line that also names open"));
        }
        for (int i = 1; i < lines.length && !fatal; i++) {
            read(i + 1, lines[i].strip().split(",", -1));
        }
        if (fatal || (!faults.isEmpty() && !has("onError", "skip"))) {
            return refusal();
        }
        if (!has("dryRun", "true")) {
            String path = file.uri().replaceAll("\\?.*", "");
            replica.store(
                    path.substring(path.lastIndexOf('/') + 1),
                    parameters.getOrDefault("timeframe", "1d"),
                    Bars.of(bars),
                    1);
        }
        boolean adjusted = lines[0].contains("adj close");
        String warning = """
                {"code":"missing-split","count":1,"ticker":"T","message":"The adjusted closes imply a split."}""";
        String ends =
                bars.isEmpty() ? "" : "\"first\":%s,\"last\":%s,".formatted(end(bars.getFirst()), end(bars.getLast()));
        return new Answer(200, "application/json", """
                {"received":%d,"inserted":%d,"updated":0,"unchanged":0,"rejected":%d,"dropped":0,"duplicates":0,"rounded":0,\
                "dryRun":%s,"revision":1,"detected":{"format":"csv","separator":",","decimal":".",\
                "columns":{"timestamp":"Day","open":"open"},"ignoredColumns":[%s],"dateFormat":"%s"},\
                %s"droppedRows":[],"warnings":[%s],\
                "errors":%s}""".formatted(
                        lines.length - 1,
                        bars.size(),
                        faults.size(),
                        has("dryRun", "true"),
                        adjusted ? "\"adj close\"" : "",
                        dateFormat,
                        ends,
                        adjusted ? warning : "",
                        errors()));
    }

    private boolean has(String parameter, String value) {
        return value.equals(parameters.get(parameter));
    }

    private void refuseAll(Fault fault) {
        faults.add(fault);
        fatal = true;
    }

    private Answer refusal() {
        String rest = fatal ? "" : " With onError=skip the rows without faults are imported.";
        return new Answer(422, "application/problem+json", """
                {"type":"urn:problem:validation-failed","title":"Validation failed","status":422,\
                "detail":"%d faults in the body. Nothing was written.%s","errors":%s}""".formatted(faults.size(), rest, errors()));
    }

    private String errors() {
        return faults.stream().map(Fault::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static String end(Bar bar) {
        return """
                {"ticker":"T","timestamp":"%s","open":%s,"high":%s,"low":%s,"close":%s,"volume":%s}""".formatted(bar.timestamp(), bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
    }

    private void read(int line, String[] cells) {
        if (cells[0].contains("/") && dateFormat.isEmpty()) {
            refuseAll(new Fault(line, "timestamp", "ambiguous-date", cells[0], """
                    the parameter dateFormat, such as dateFormat=MM/dd/yyyy for %s or dateFormat=dd/MM/yyyy for %s""".formatted(
                            date(cells[0], "MM/dd/yyyy"), date(cells[0], "dd/MM/yyyy"))));
        } else if (!cells[1].matches("\\d+(\\.\\d+)?")) {
            faults.add(new Fault(line, "open", "not-a-number", cells[1], "a number above 0"));
        } else if (cells[5].startsWith("-")) {
            faults.add(new Fault(line, "volume", "negative", cells[5], "0 or more"));
        } else {
            dateFormat = dateFormat.isEmpty() ? "yyyy-MM-dd" : dateFormat;
            bars.add(new Bar(
                    start(date(cells[0], dateFormat)),
                    Double.parseDouble(cells[1]),
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5])));
        }
    }

    private static LocalDate date(String text, String format) {
        return LocalDate.parse(text, DateTimeFormatter.ofPattern(format));
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
}
