package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitsTest extends ApiServer {

    private static final String TEN_FOR_ONE = "[{\"timestamp\":\"2024-01-03\",\"numerator\":10,\"denominator\":1}]";

    @Test
    void adjustsWhatWasTradedBeforeASplitAndNothingElse() {
        givenDays("ADJUST", 3);

        Answer before = api().get("/api/v1/data/ADJUST?adjustment=split");
        Answer put = api().put("/api/v1/data/ADJUST/splits", TEN_FOR_ONE);
        Answer adjusted = api().get("/api/v1/data/ADJUST?adjustment=split");
        Answer raw = api().get("/api/v1/data/ADJUST");

        assertThat(put.status()).as("an empty list was there").isEqualTo(200);
        assertThat(before.at("/data/0/close").toString()).isEqualTo("1");
        assertThat(adjusted.text("/adjustment")).isEqualTo("split");
        assertThat(adjusted.at("/data/0/close").toString()).isEqualTo("0.1");
        assertThat(adjusted.at("/data/1/open").toString()).isEqualTo("0.2");
        assertThat(adjusted.at("/data/1/volume").toString()).isEqualTo("2000");
        assertThat(adjusted.at("/data/2/close").toString()).isEqualTo("3");
        assertThat(raw.at("/data/0/close").toString()).isEqualTo("1");
        assertThat(raw.text("/adjustment")).isEqualTo("raw");
    }

    @Test
    void movesTheTagOfWhatIsAdjustedOnlyWhenSplitsChange() {
        givenDays("TAG", 3);
        String tag = api().get("/api/v1/data/TAG?adjustment=split").header("ETag");

        api().put("/api/v1/data/TAG/splits", TEN_FOR_ONE);
        Answer changed = api().get("/api/v1/data/TAG?adjustment=split", "If-None-Match", tag);
        api().put("/api/v1/data/TAG/splits", TEN_FOR_ONE);
        Answer same = api().get("/api/v1/data/TAG?adjustment=split", "If-None-Match", changed.header("ETag"));

        assertThat(changed.status()).isEqualTo(200);
        assertThat(same.status()).isEqualTo(304);
    }

    @Test
    void multipliesSplitsAndRoundsOnce() {
        givenDays("TWICE", 3);
        api().put("/api/v1/data/TWICE/splits", """
                [{"timestamp":"2024-01-03","numerator":1,"denominator":7},
                 {"timestamp":"2024-01-02","numerator":21,"denominator":1}]""");

        Answer lines = api().get("/api/v1/data/TWICE?adjustment=split&format=csv");
        Answer many = api().get("/api/v1/data?tickers=TWICE&adjustment=split");

        assertThat(lines.body())
                .isEqualTo(HEADER + "2024-01-01T00:00:00Z,0.333333333,0.333333333,0.333333333,0.333333333,300\n"
                        + "2024-01-02T00:00:00Z,14,14,14,14,28.571428571\n"
                        + "2024-01-03T00:00:00Z,3,3,3,3,300\n");
        assertThat(lines.header("Adjustment")).isEqualTo("split");
        assertThat(many.at("/data/TWICE/1/close").toString()).isEqualTo("14");
    }

    @Test
    void waitsWithASplitUntilThereIsABarOnTheNewBasis() {
        givenDays("FUTURE", 2);
        api().put("/api/v1/data/FUTURE/splits", TEN_FOR_ONE);

        Answer before = api().get("/api/v1/data/FUTURE?adjustment=split");
        givenDays("FUTURE", 3);
        Answer after = api().get("/api/v1/data/FUTURE?adjustment=split");

        assertThat(before.at("/data/0/close").toString()).isEqualTo("1");
        assertThat(after.at("/data/0/close").toString()).isEqualTo("0.1");
    }

    @Test
    void keepsThemSortedAndGuardedByTheirTag() {
        Answer unknown = api().get("/api/v1/data/GUARDED/splits");
        Answer created = api().put("/api/v1/data/GUARDED/splits", TEN_FOR_ONE, "If-None-Match", "*");
        Answer twice = api().put("/api/v1/data/GUARDED/splits", "[]", "If-None-Match", "*");
        Answer stale = api().put("/api/v1/data/GUARDED/splits", "[]", "If-Match", "\"x\"");
        Answer read = api().get("/api/v1/data/GUARDED/splits");
        Answer removed = api().put("/api/v1/data/GUARDED/splits", "[]", "If-Match", created.header("ETag"));

        assertThat(unknown.status()).isEqualTo(404);
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo("/api/v1/data/GUARDED/splits");
        assertThat(twice.status()).isEqualTo(412);
        assertThat(stale.status()).isEqualTo(412);
        assertThat(read.body())
                .isEqualTo("{\"ticker\":\"GUARDED\",\"count\":1,\"data\":["
                        + "{\"timestamp\":\"2024-01-03T00:00:00Z\",\"numerator\":10,\"denominator\":1}]}");
        assertThat(read.header("ETag")).isEqualTo(created.header("ETag"));
        assertThat(removed.at("/count").asInt()).isZero();
    }

    @Test
    void takesTheTagOfAnEmptyListForWhatItIs() {
        givenDays("EMPTY", 1);
        String tag = api().get("/api/v1/data/EMPTY/splits").header("ETag");

        Answer second = api().put("/api/v1/data/EMPTY/splits", TEN_FOR_ONE, "If-None-Match", "*");
        Answer first = api().put("/api/v1/data/EMPTY/splits", TEN_FOR_ONE, "If-Match", tag);

        assertThat(second.status()).as("there is a list already").isEqualTo(412);
        assertThat(first.status()).isEqualTo(200);
    }

    @Test
    void makesNothingOfAnEmptyListForNobody() {
        Answer put = api().put("/api/v1/data/NOTHING/splits", "[]");

        assertThat(put.status()).isEqualTo(200);
        assertThat(api().get("/api/v1/data/NOTHING/splits").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000000, 4", "1000000, 1, 2", "1000000, 1, 52"})
    void refusesAdjustmentsThatLeaveTheRangeOfPrices(int numerator, int denominator, int count) {
        givenDays("EXTREME", 31);
        String splits = IntStream.range(0, count)
                .mapToObj(i -> "{\"timestamp\":\"2024-01-03T00:00:%02dZ\",\"numerator\":%d,\"denominator\":%d}"
                        .formatted(i, numerator, denominator))
                .collect(Collectors.joining(",", "[", "]"));
        api().put("/api/v1/data/EXTREME/splits", splits);

        Answer page = api().get("/api/v1/data/EXTREME?adjustment=split");
        Answer lines = api().get("/api/v1/data/EXTREME?adjustment=split&format=csv");
        Answer many = api().get("/api/v1/data?tickers=EXTREME&adjustment=split");

        assertThat(List.of(page.status(), lines.status(), many.status())).containsOnly(409);
        assertThat(page.text("/type")).isEqualTo("urn:problem:adjustment-out-of-range");
        assertThat(page.text("/detail")).contains("EXTREME", "2024-01-01T00:00:00Z", "adjustment=raw");
        assertThat(api().get("/api/v1/data/EXTREME?adjustment=split&from=2024-01-04")
                        .status())
                .as("what was traded afterwards is as it was")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | /body not-an-array",
                "[7] | /0/split not-an-object",
                "[{\"timestamp\":\"2024-01-03\",\"numerator\":0,\"denominator\":1}] | /0/numerator out-of-range",
                "[{\"timestamp\":\"2024-01-03\",\"numerator\":1.5,\"denominator\":1}] | /0/numerator out-of-range",
                "[{\"timestamp\":\"monday\",\"numerator\":1,\"denominator\":1}] | /0/timestamp not-a-timestamp",
                "[{\"timestamp\":\"2024-01-03\",\"numerator\":1,\"denominator\":1,\"x\":1}] | /0/x unknown-field",
                "[{\"timestamp\":\"2024-01-03\"}] | /0/numerator out-of-range",
                "[ | /body malformed-json"
            })
    void refusesWhatIsNoListOfSplits(String json, String fault) {
        Answer answer = api().put("/api/v1/data/FAULTY/splits", json);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer") + " " + answer.text("/errors/0/code"))
                .isEqualTo(fault);
    }

    @Test
    void refusesTwoSplitsAtTheSameTime() {
        Answer answer = api().put(
                        "/api/v1/data/FAULTY/splits",
                        TEN_FOR_ONE.replace("]", ",") + TEN_FOR_ONE.substring(1).replace("2024-01-03", "20240103"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/code")).isEqualTo("duplicate");
    }
}
