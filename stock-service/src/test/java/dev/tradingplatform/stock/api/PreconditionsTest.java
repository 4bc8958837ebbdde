package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** If-Match and If-None-Match (RFC 9110 §13) of reads and imports; WriteBarTest has those of other writes. */
class PreconditionsTest extends ApiServer {

    private static final String ROW = HEADER + "2024-02-01,1,2,1,2,3\n";

    @Test
    void importsOnlyIfTheSeriesHasTheTagOfIfMatch() {
        givenDays("MATCHED", 2);
        String path = "/api/v1/data/MATCHED";
        String seen = api().get(path + "?last=1").header("ETag");
        givenDays("MATCHED", 3);

        Answer stale = post(path, ROW, "If-Match", seen);
        Answer weak = post(path, ROW, "If-Match", "W/" + api().get(path).header("ETag"));
        int before = api().get(path).at("/count").asInt();
        Answer current = post(path, ROW, "If-Match", "\"x\", " + api().get(path).header("ETag"));

        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.text("/type")).isEqualTo("urn:problem:precondition-failed");
        assertThat(weak.status()).as("If-Match compares strongly").isEqualTo(412);
        assertThat(before).as("nothing was written").isEqualTo(3);
        assertThat(current.at("/inserted").asInt()).as(current.body()).isEqualTo(1);
    }

    @Test
    void importsOnlyIfThereIsNoSeriesWithIfNoneMatchAny() {
        String path = "/api/v1/data/FIRST";

        Answer absent = post(path, ROW, "If-Match", "*");
        Answer first = post(path, ROW, "If-None-Match", "*");
        Answer second = post(path, ROW.replace(",3", ",4"), "If-None-Match", "*");

        assertThat(absent.status()).isEqualTo(412);
        assertThat(api().get("/api/v1/tickers?prefix=FIRST").text("/data/0/revision"))
                .isEqualTo("1");
        assertThat(first.at("/inserted").asInt()).isEqualTo(1);
        assertThat(second.status()).isEqualTo(412);
        assertThat(api().get(path).text("/data/0/volume")).isEqualTo("3");
    }

    @Test
    void importsManyTickersOnlyIfTheConditionHoldsForEach() {
        givenDays("EACH_2", 1);
        String rows = "ticker," + HEADER + "EACH_1,2024-02-01,1,2,1,2,3\nEACH_2,2024-02-01,1,2,1,2,3\n";

        Answer refused = post("/api/v1/data", rows, "If-None-Match", "*");

        assertThat(refused.status()).isEqualTo(412);
        assertThat(api().get("/api/v1/data/EACH_1").status())
                .as("nothing was written")
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/data/READ",
                "/api/v1/data/READ?format=csv",
                "/api/v1/data/READ/latest",
                "/api/v1/data/READ/2024-01-01",
                "/api/v1/data/READ/splits",
                "/api/v1/data?tickers=READ",
                "/api/v1/tickers",
                "/api/v1/openapi.json",
                "/api/v1/docs"
            })
    void readsOnlyIfTheTagIsThatOfIfMatch(String path) {
        givenDays("READ", 2);
        String tag = api().get(path).header("ETag");

        assertThat(api().get(path, "If-Match", "\"other\"").status()).isEqualTo(412);
        assertThat(api().get(path, "If-Match", "not a tag").status()).isEqualTo(412);
        assertThat(api().get(path, "If-Match", "W/" + tag).status()).isEqualTo(412);
        assertThat(api().get(path, "If-Match", "\"other\", " + tag).status()).isEqualTo(200);
        assertThat(api().get(path, "If-Match", "*").status()).isEqualTo(200);
        assertThat(api().get(path, "If-Match", tag, "If-None-Match", tag).status())
                .isEqualTo(304);
        assertThat(api().get(path, "If-Match", "\"other\"", "If-None-Match", tag)
                        .status())
                .as("If-Match comes first (RFC 9110 §13.2.2)")
                .isEqualTo(412);
        assertThat(api().get(path, "If-None-Match", "*").status()).isEqualTo(304);
    }

    private Answer post(String path, String csv, String header, String value) {
        return api().call("POST", path, csv, "Content-Type", CSV, header, value);
    }
}
