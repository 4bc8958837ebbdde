package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadBarsTest extends ApiServer {

    @Test
    void returnsAllBarsOldestFirstInAnEnvelope() {
        givenDays("ALL", 3);

        Answer answer = api().get("/api/v1/data/all");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("""
                        {"ticker":"ALL","timeframe":"1d","adjustment":"raw","revision":1,"count":3,"data":[\
                        {"timestamp":"2024-01-01T00:00:00Z","open":1,"high":1,"low":1,"close":1,"volume":100,"version":1},\
                        {"timestamp":"2024-01-02T00:00:00Z","open":2,"high":2,"low":2,"close":2,"volume":200,"version":1},\
                        {"timestamp":"2024-01-03T00:00:00Z","open":3,"high":3,"low":3,"close":3,"volume":300,"version":1}],\
                        "next":null}""");
    }

    @ParameterizedTest
    @CsvSource({
        "from=2024-01-03, '3,4,5'",
        "to=2024-01-02, '1,2'",
        "from=2024-01-02&to=2024-01-03, '2,3'",
        "from=2024-01-02T00:00:00Z&to=2024-01-03T00:00:00+00:00, '2,3'",
        "from=2030-01-01, ''",
        "last=2, '4,5'",
        "last=2&sort=desc, '5,4'",
        "last=2&to=2024-01-03, '2,3'",
        "last=9, '1,2,3,4,5'",
        "limit=2, '1,2'",
        "limit=2&sort=desc, '5,4'",
        "sort=desc, '5,4,3,2,1'"
    })
    void selects(String query, String closes) {
        givenDays("SELECT", 5);

        Answer answer = api().get("/api/v1/data/SELECT?" + query);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(String.join(",", closes(answer))).isEqualTo(closes);
    }

    @ParameterizedTest
    @CsvSource({"asc, '1,2,3,4,5'", "desc, '5,4,3,2,1'"})
    void leadsThroughAllPagesByNextAndByLink(String sort, String closes) {
        givenDays("PAGES", 5);

        List<String> seen = new ArrayList<>();
        String next = "/api/v1/data/PAGES?limit=2&from=2024-01-01&sort=" + sort;
        while (!next.isEmpty()) {
            Answer page = api().get(next);
            seen.addAll(closes(page));
            next = page.at("/next").isNull() ? "" : page.text("/next");
            assertThat(page.header("Link")).isEqualTo(next.isEmpty() ? "" : "<" + next + ">; rel=\"next\"");
        }

        assertThat(String.join(",", seen)).isEqualTo(closes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=2024-01-02", "adjustment=split"})
    void refusesACursorOfAnotherQuery(String parameter) {
        givenDays("CURSOR", 5);
        String next = api().get("/api/v1/data/CURSOR?limit=2").text("/next");

        Answer other = api().get(next + "&" + parameter);

        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text("/errors/0/code")).isEqualTo("other-query");
    }

    @Test
    void returnsNothingNewUntilSomethingChanges() {
        givenDays("TAGGED", 2);
        String tag = api().get("/api/v1/data/TAGGED").header("ETag");

        assertThat(api().get("/api/v1/data/TAGGED", "If-None-Match", tag).status())
                .isEqualTo(304);
        assertThat(api().get("/api/v1/data/TAGGED", "If-None-Match", "W/" + tag + ", \"x\"")
                        .status())
                .isEqualTo(304);
        assertThat(api().get("/api/v1/data/TAGGED?last=1", "If-None-Match", tag).status())
                .as("another view has another tag")
                .isEqualTo(200);
        givenDays("TAGGED", 2);
        assertThat(api().get("/api/v1/data/TAGGED", "If-None-Match", tag).status())
                .as("the same import changes nothing")
                .isEqualTo(304);
        givenDays("TAGGED", 3);
        assertThat(api().get("/api/v1/data/TAGGED", "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void writesCsvByParameterOrAccept() {
        givenDays("CSV", 1);
        String csv = HEADER + "2024-01-01T00:00:00Z,1,1,1,1,100\n";

        assertThat(api().get("/api/v1/data/CSV?format=csv").body()).isEqualTo(csv);
        assertThat(api().get("/api/v1/data/CSV", "Accept", "text/csv").body()).isEqualTo(csv);
        assertThat(api().get("/api/v1/data/CSV", "Accept", "text/html,*/*;q=0.8")
                        .header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(api().get("/api/v1/data/CSV", "Accept", "image/png").status())
                .isEqualTo(406);
    }

    @ParameterizedTest
    @CsvSource({
        "form=2024-01-01, form, unknown-parameter",
        "limit=0, limit, out-of-range",
        "limit=10001, limit, out-of-range",
        "last=x, last, out-of-range",
        "last=1&limit=1, last, contradiction",
        "last=1&last=2, last, repeated",
        "sort=up, sort, unknown-value",
        "timeframe=2d, timeframe, unknown-value",
        "format=xml, format, unknown-value",
        "from=monday, from, not-a-timestamp",
        "from=2024-02-01&to=2024-01-01, from, contradiction",
        "cursor=%25, cursor, not-a-cursor"
    })
    void refusesParametersItDoesNotKnowOrUnderstand(String query, String field, String code) {
        givenDays("PARAMS", 1);

        Answer answer = api().get("/api/v1/data/PARAMS?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("/type")).isEqualTo("urn:problem:invalid-parameter");
        assertThat(answer.text("/errors/0/field")).isEqualTo(field);
        assertThat(answer.text("/errors/0/code")).isEqualTo(code);
    }

    @Test
    void namesEveryWrongParameterAtOnce() {
        Answer answer = api().get("/api/v1/data/=X?limit=0&sort=up&form=1", "Accept", "image/png");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/errors").size()).isEqualTo(4);
    }

    @Test
    void returnsTheLatestBar() {
        givenDays("LATEST", 4);

        assertThat(api().get("/api/v1/data/LATEST/latest").text("/timestamp")).isEqualTo("2024-01-04T00:00:00Z");
        assertThat(api().get("/api/v1/data/NOBODY/latest").status()).isEqualTo(404);
    }

    @Test
    void tellsTheLatestBarFromOneOfTheSameVersion() {
        givenDays("NEWEST", 2);
        Answer before = api().get("/api/v1/data/NEWEST/latest");
        Answer same = api().get("/api/v1/data/NEWEST/latest", "If-None-Match", before.header("ETag"));

        api().delete("/api/v1/data/NEWEST/2024-01-02");
        Answer after = api().get("/api/v1/data/NEWEST/latest", "If-None-Match", before.header("ETag"));

        assertThat(same.status()).isEqualTo(304);
        assertThat(after.status()).isEqualTo(200);
        assertThat(after.text("/timestamp")).isEqualTo("2024-01-01T00:00:00Z");
    }

    @Test
    void answersEveryOtherRefusalWithAProblemDocument() {
        assertThat(api().get("/nothing/here").text("/type")).isEqualTo("urn:problem:not-found");
        assertThat(api().call("PATCH", "/api/v1/data/A", "").text("/type")).isEqualTo("urn:problem:method-not-allowed");
        assertThat(api().get("/api/v1/data/=CMD").text("/errors/0/code")).isEqualTo("not-a-ticker");
    }

    private static List<String> closes(Answer answer) {
        List<String> closes = new ArrayList<>();
        answer.at("/data").forEach(bar -> closes.add(bar.get("close").asString()));
        return closes;
    }
}
