package dev.tradingplatform.signal.page;

import dev.tradingplatform.signal.bar.Bar;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.market.FakeStockService;
import dev.tradingplatform.signal.market.FakeStockService.Answer;
import dev.tradingplatform.signal.market.FakeStockService.Import;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What stock-service does with a CSV file of plain columns, and how it says so; bars are stored, not merged. */
final class CsvImport {

    private record Fault(int line, String field, String code, String value, String expected) {

        String json() {
            return """
                    {"line":%d,"field":"%s","code":"%s","value":"%s","message":"%s: %s (expected: %s)"}""".formatted(line, field, code, value, field, value, expected);
        }
    }

    private final FakeStockService replica;
    private final List<Bar> bars = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();

    private CsvImport(FakeStockService replica) {
        this.replica = replica;
    }

    static Answer into(FakeStockService replica, Import file) {
        return new CsvImport(replica).take(file);
    }

    private Answer take(Import file) {
        String[] lines = file.body().strip().split("\n", -1);
        for (int i = 1; i < lines.length; i++) {
            read(i + 1, lines[i].strip().split(",", -1));
        }
        String errors = faults.stream().map(Fault::json).collect(Collectors.joining(",", "[", "]"));
        if (!faults.isEmpty() && !file.uri().contains("onError=skip")) {
            String problem = """
                    {"type":"urn:problem:validation-failed","title":"Validation failed","status":422,\
                    "detail":"%d faults in the body. Nothing was written.","errors":%s}""".formatted(faults.size(), errors);
            return new Answer(422, "application/problem+json", problem);
        }
        String path = file.uri().replaceAll("\\?.*", "");
        replica.store(path.substring(path.lastIndexOf('/') + 1), Bars.of(bars), 1);
        return new Answer(200, "application/json", """
                {"received":%d,"inserted":%d,"updated":0,"unchanged":0,"rejected":%d,"dropped":0,"duplicates":0,\
                "dryRun":false,"revision":1,"droppedRows":[],"errors":%s}""".formatted(lines.length - 1, bars.size(), faults.size(), errors));
    }

    private void read(int line, String[] cells) {
        if (!cells[1].matches("\\d+(\\.\\d+)?")) {
            faults.add(new Fault(line, "open", "not-a-number", cells[1], "a number above 0"));
        } else if (cells[5].startsWith("-")) {
            faults.add(new Fault(line, "volume", "negative", cells[5], "0 or more"));
        } else {
            bars.add(new Bar(
                    Instant.parse(cells[0] + "T00:00:00Z"),
                    Double.parseDouble(cells[1]),
                    Double.parseDouble(cells[2]),
                    Double.parseDouble(cells[3]),
                    Double.parseDouble(cells[4]),
                    Double.parseDouble(cells[5])));
        }
    }
}
