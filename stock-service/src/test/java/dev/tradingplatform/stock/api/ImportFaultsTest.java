package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportFaultsTest extends ApiServer {

    private static final String GOOD = "2024-01-02,1,2,0.5,1.5,10\n";

    @Test
    void namesEveryFaultByLineFieldAndValueAndWritesNothing() {
        String csv = HEADER + GOOD + "2024-01-03,abc,2,0.5,1.5,-5\n" + "2024-01-04,1,0.9,1.5,1.2,NaN\n"
                + GOOD.replace("10", "11") + "2024-01-05,1,2\n";

        Answer answer = api().post("/api/v1/data/FAULTY", CSV, csv);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/type")).isEqualTo("urn:problem:validation-failed");
        assertThat(faults(answer))
                .containsExactly(
                        "3 open not-a-number abc",
                        "3 volume negative -5",
                        "4 volume not-a-number NaN",
                        "4 high high-below-low 0.9",
                        "4 high high-below-open 0.9",
                        "4 high high-below-close 0.9",
                        "4 low low-above-open 1.5",
                        "4 low low-above-close 1.5",
                        "5 timestamp duplicate 2024-01-02T00:00:00Z",
                        "6 row wrong-number-of-fields 2024-01-05,1,2");
        assertThat(api().get("/api/v1/data/FAULTY").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "'', missing-header",
        "'timestamp,open,high,low,close\n2024-01-02,1,2,0.5,1.5\n', missing-column",
        "'date,date,open,high,low,close,volume\n', duplicate-column",
        "'timestamp,open,high,low,close,volume\n\"2024-01-02,1,2,0.5,1.5,10\n', malformed-csv",
        "'timestamp,open,high,low,close,volume\n2999-01-02,1,2,0.5,1.5,10\n', in-the-future",
        "'timestamp,open,high,low,close,volume\n2024-01-02T09:30:00Z,1,2,0.5,1.5,10\n', not-midnight",
        "'timestamp,open,high,low,close,volume\n2024-01-02,1e18,2,0.5,1.5,10\n', too-large"
    })
    void refusesMalformedCsv(String csv, String code) {
        Answer answer = api().post("/api/v1/data/MALFORMED", CSV, csv);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/code")).isEqualTo(code);
        assertThat(answer.at("/errors/0/line").asInt()).isPositive();
    }

    @Test
    void pointsAtEveryFaultInJson() {
        String json = """
                [{"timestamp":"2024-01-02","open":1e400,"high":NaN,"low":"1e18","close":null,"volume":{"a":1},"foo":1},
                 7, {"timestamp":"2024-01-03","open":1,"open":1,"high":1,"low":1,"close":1,"volume":1}]""";

        Answer answer = api().post("/api/v1/data/POINTED", JSON, json);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(faults(answer))
                .containsExactly(
                        "/0/foo foo unknown-field 1",
                        "/0/open open too-large 1e400",
                        "/0/high high not-a-number NaN",
                        "/0/low low too-large 1e18",
                        "/0/close close missing -",
                        "/0/volume volume not-a-number {…}",
                        "/1 bar not-an-object 7",
                        "/2/open open duplicate-field 1");
        assertThat(api().get("/api/v1/data/POINTED").status()).isEqualTo(404);
    }

    @Test
    void takesNoWordOfJsonForATicker() {
        String json =
                """
                [{"ticker":null%1$s},{"ticker":true%1$s},{"ticker":false%1$s},{"ticker":NaN%1$s},{"ticker":Infinity%1$s}]""".formatted(",\"timestamp\":\"2024-01-02\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1");

        Answer answer = api().post("/api/v1/data", JSON, json);

        assertThat(faults(answer))
                .containsExactly(
                        "/0/ticker ticker missing -",
                        "/1/ticker ticker not-a-ticker boolean true",
                        "/2/ticker ticker not-a-ticker boolean false",
                        "/3/ticker ticker not-a-ticker number NaN",
                        "/4/ticker ticker not-a-ticker number Infinity");
        assertThat(api().post("/api/v1/data/NULLED", JSON, json.substring(0, json.indexOf('}') + 1) + "]")
                        .at("/inserted")
                        .asInt())
                .as("null is as good as nothing where the path names the ticker")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"foo\":1,\"open\": | 1 foo unknown-field 1, 1 body malformed-json",
                "{\"timestamp\":\"2024-01-03\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1} {} | 1 body malformed-json",
                "7 7 | 1 body malformed-json",
                "7 | 1 bar not-an-object"
            })
    void losesNoLineBecauseOfAnother(String faulty, String expected) {
        String good = "{\"timestamp\":\"2024-01-02\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}\n";

        Answer answer =
                api().post("/api/v1/data/LINES?onError=skip&dryRun=true", "application/x-ndjson", faulty + "\n" + good);

        assertThat(answer.at("/received").asInt()).isEqualTo(2);
        assertThat(answer.at("/inserted").asInt()).isEqualTo(1);
        assertThat(answer.at("/rejected").asInt()).isEqualTo(1);
        List<String> faults = faults(answer);
        String[] each = expected.split(", ", -1);
        assertThat(faults).hasSameSizeAs(each);
        for (int i = 0; i < each.length; i++) {
            assertThat(faults.get(i)).startsWith(each[i]);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "15, 9000, 1",
        "8000, 1, 1",
        "15, 9000, 2",
        "8000, 1, 2",
    })
    void boundsALineOfCsvHoweverManyFieldsItHas(int fields, int length, int line) {
        String large = String.join(",", Collections.nCopies(fields, "x".repeat(length)));
        String csv = line == 1 ? HEADER.strip() + "," + large + "\n" : HEADER + large + "\n";

        Answer answer = api().post("/api/v1/data/WIDE", CSV, csv);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/code")).isEqualTo("malformed-csv");
        assertThat(answer.at("/errors/0/line").asInt()).isEqualTo(line);
        assertThat(answer.body()).hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @CsvSource({"'[{\"timestamp\":'", "'{} {}'", "'nonsense'", "'{\"open\":01}'", "'[1,]'"})
    void refusesMalformedJson(String json) {
        Answer answer = api().post("/api/v1/data/MALFORMED", JSON, json);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/type")).isEqualTo("urn:problem:validation-failed");
    }

    @Test
    void refusesTypesItCannotReadAndNamesThoseItCan() {
        Answer answer = api().post("/api/v1/data/TYPE", "application/xml", HEADER + GOOD);

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.text("/detail")).contains("application/xml", "text/csv");
        assertThat(api().call("POST", "/api/v1/data/TYPE", "").status()).isEqualTo(415);
    }

    @Test
    void refusesMoreThanOneRequestMayBring() {
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i <= 2000; i++) {
            rows.append("x,1,1,1,1,1\n");
        }
        Answer tooMany = api().post("/api/v1/data/LARGE", CSV, rows.toString());
        Answer tooLarge = api().post("/api/v1/data/LARGE", CSV, HEADER + "\n".repeat(210_000));

        assertThat(List.of(tooMany.status(), tooLarge.status())).containsOnly(413);
        assertThat(tooMany.text("/detail")).contains("2000 rows");
        assertThat(tooLarge.text("/detail")).contains("204800 bytes");
    }

    @Test
    void listsAHundredFaultsAndCountsAll() {
        Answer answer = api().post("/api/v1/data/MANY", CSV, HEADER + "x,1,1,1,1,1\n".repeat(150));

        assertThat(answer.at("/errors").size()).isEqualTo(100);
        assertThat(answer.at("/errorCount").asInt()).isEqualTo(150);
    }

    private static List<String> faults(Answer answer) {
        List<String> faults = new ArrayList<>();
        answer.at("/errors")
                .forEach(error -> faults.add("%s %s %s %s"
                        .formatted(
                                error.has("line")
                                        ? error.get("line").asString()
                                        : error.get("pointer").asString(),
                                error.get("field").asString(),
                                error.get("code").asString(),
                                error.path("value").asString("-"))));
        return faults;
    }
}
