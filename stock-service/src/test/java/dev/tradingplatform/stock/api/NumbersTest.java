package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest extends ApiServer {

    private static final String LONG_NUMBERS =
            "0.123456789,123456789.123456789,-123456789.123456789,-1," + "123456789012345678";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/data/EXACT?numbers=string",
                "/api/v1/data/EXACT?numbers=string&format=ndjson",
                "/api/v1/data/EXACT/latest?numbers=string",
                "/api/v1/data/EXACT/2024-01-02?numbers=string",
                "/api/v1/data?tickers=EXACT&numbers=string"
            })
    void stringsHaveAllDigits(String path) {
        given();

        Answer answer = api().get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"open\":\"0.123456789\",\"high\":\"123456789.123456789\",\"low\":\"-123456789.123456789\","
                        + "\"close\":\"-1\",\"volume\":\"123456789012345678\"");
    }

    @Test
    void numbersHaveAllDigitsToo() {
        given();

        assertThat(api().get("/api/v1/data/EXACT").body())
                .contains("\"low\":-123456789.123456789,\"close\":-1,\"volume\":123456789012345678");
        assertThat(api().get("/api/v1/tickers?prefix=EXACT").body()).contains("\"lastClose\":-1,");
        assertThat(api().get("/api/v1/tickers?prefix=EXACT&numbers=string").body())
                .contains("\"lastClose\":\"-1\",");
    }

    @Test
    void tagsOfBothFormsDiffer() {
        given();

        String tag = api().get("/api/v1/data/EXACT").header("ETag");

        assertThat(api().get("/api/v1/data/EXACT?numbers=string").header("ETag"))
                .isNotEqualTo(tag);
        assertThat(api().get("/api/v1/tickers?numbers=string").header("ETag"))
                .isNotEqualTo(api().get("/api/v1/tickers").header("ETag"));
    }

    @Test
    void stringsCanBeSentBack() {
        given();
        String strings = api().get("/api/v1/data/EXACT?numbers=string").body();

        Answer answer = api().post("/api/v1/data/EXACT", JSON, strings);

        assertThat(answer.at("/unchanged").asInt()).isEqualTo(1);
    }

    @Test
    void negativeAndZeroPricesAreAcceptedWithAWarning() {
        Answer answer = api().post(
                        "/api/v1/data/CL=F",
                        CSV,
                        HEADER + "2020-04-17,18.3,19,17.3,18.2,5\n2020-04-20,17.7,17.8,-40.3,-37.6,5\n"
                                + "2020-04-21,-14,13,-16,0,5\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/inserted").asInt()).isEqualTo(3);
        assertThat(answer.text("/warnings/0/code")).isEqualTo("negative-price");
        assertThat(answer.at("/warnings/0/count").asInt()).isEqualTo(2);
        assertThat(answer.text("/warnings/0/timestamp")).isEqualTo("2020-04-20T00:00:00Z");
        assertThat(answer.text("/warnings/0/message")).startsWith("line 3: ");
        assertThat(answer.text("/warnings/1/code")).isEqualTo("zero-price");
        assertThat(answer.at("/warnings/1/count").asInt()).isEqualTo(1);
        assertThat(api().get("/api/v1/data/CL=F?format=csv&from=2020-04-20").body())
                .isEqualTo(HEADER + "2020-04-20T00:00:00Z,17.7,17.8,-40.3,-37.6,5\n"
                        + "2020-04-21T00:00:00Z,-14,13,-16,0,5\n");
    }

    @Test
    void ordinaryPricesGiveNoWarning() {
        Answer answer = api().post("/api/v1/data/USUAL", CSV, HEADER + "2024-01-02,1,2,0.5,1.5,0\n");

        assertThat(answer.at("/warnings").size()).isZero();
        assertThat(answer.at("/rounded").asInt()).isZero();
    }

    @Test
    void barsWithMoreDigitsThanAreStoredAreCountedAsRounded() {
        Answer answer = api().post(
                        "/api/v1/data/ROUNDED",
                        CSV,
                        HEADER + "2024-01-02,187.72999572753906,191.55999755859375,186.75,190.6999969482422,3580071\n"
                                + "2024-01-03,1,1,1,1,0.1234567895\n2024-01-04,1,1,1,1,0.123456789\n");

        assertThat(answer.at("/rounded").asInt()).isEqualTo(2);
        assertThat(api().get("/api/v1/data/ROUNDED?format=csv").body())
                .isEqualTo(HEADER + "2024-01-02T00:00:00Z,187.729995728,191.559997559,186.75,190.699996948,3580071\n"
                        + "2024-01-03T00:00:00Z,1,1,1,1,0.12345679\n2024-01-04T00:00:00Z,1,1,1,1,0.123456789\n");
    }

    @Test
    void firstAndLastBarOfAnImportHavePlainNumbers() {
        Answer answer = api().post("/api/v1/data/PLAIN", CSV, HEADER + "2024-01-02,0.00000001,1e3,0.00000001,1,0\n");

        assertThat(answer.body())
                .contains("\"open\":0.00000001,\"high\":1000,\"low\":0.00000001,\"close\":1,\"volume\":0}");
    }

    @Test
    void pricesThatDifferInDigitsWithoutRoomOnlyContradictNothing() {
        Answer answer = api().post(
                        "/api/v1/data/LASTBIT",
                        CSV,
                        HEADER
                                + "2024-01-02,52.31999969482422,52.599998474121094,52.31999969482423,52.5999984741211,1\n");

        assertThat(answer.at("/inserted").asInt()).isEqualTo(1);
    }

    private void given() {
        api().post("/api/v1/data/EXACT", CSV, HEADER + "2024-01-02," + LONG_NUMBERS + "\n");
    }
}
