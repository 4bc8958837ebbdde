package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DividendsTest extends ApiServer {

    private static final int RANDOM_SERIES = 20;
    private static final int DAYS = 28;
    private static final MathContext PRECISE = new MathContext(80);

    @Test
    void pricesBeforeTheExDateAreReducedByTheShareOfTheDividend() {
        api().post(
                        "/api/v1/data/PAID",
                        CSV,
                        HEADER
                                + "2024-01-01,99,101,98,100,10\n2024-01-02,101,103,100,102,10\n2024-01-03,101,103,100,101,10\n");

        Answer put = api().put("/api/v1/data/PAID/dividends", "[{\"timestamp\":\"2024-01-03\",\"amount\":2}]");

        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body())
                .isEqualTo(
                        "{\"ticker\":\"PAID\",\"count\":1,\"data\":[{\"timestamp\":\"2024-01-03T00:00:00Z\",\"amount\":2}]}");
        assertThat(api().get("/api/v1/data/PAID?adjustment=all&format=csv").body())
                .as("factor 1 - 2/102 before the ex-date, volumes as they are")
                .isEqualTo(HEADER + "2024-01-01T00:00:00Z,97.058823529,99.019607843,96.078431373,98.039215686,10\n"
                        + "2024-01-02T00:00:00Z,99.019607843,100.980392157,98.039215686,100,10\n"
                        + "2024-01-03T00:00:00Z,101,103,100,101,10\n");
        assertThat(api().get("/api/v1/data/PAID?adjustment=split&format=csv").body())
                .isEqualTo(api().get("/api/v1/data/PAID?format=csv").body());
        assertThat(api().get("/api/v1/data/PAID?adjustment=all").text("/adjustment"))
                .isEqualTo("all");
    }

    @Test
    void dividendOfTheDateOfASplitIsForANewShare() {
        api().post("/api/v1/data/BOTH", CSV, HEADER + "2024-01-01,100,100,100,100,10\n2024-01-02,49,49,49,49,20\n");
        api().put("/api/v1/data/BOTH/splits", "[{\"timestamp\":\"2024-01-02\",\"numerator\":2,\"denominator\":1}]");
        api().put("/api/v1/data/BOTH/dividends", "[{\"timestamp\":\"2024-01-02\",\"amount\":\"1\"}]");

        assertThat(api().get("/api/v1/data/BOTH?adjustment=all&format=csv").body())
                .as("100 before is 50 after the split, less 1")
                .isEqualTo(HEADER + "2024-01-01T00:00:00Z,49,49,49,49,20\n2024-01-02T00:00:00Z,49,49,49,49,20\n");
    }

    @Test
    void dividendsChangeTheTagOfTheSeriesAndAreAChange() {
        givenDays("TAGGED", 3);
        String tag = api().get("/api/v1/data/TAGGED?adjustment=all").header("ETag");
        long before = api().get("/api/v1/changes?limit=1").at("/last").asLong();

        api().put("/api/v1/data/TAGGED/dividends", "[{\"timestamp\":\"2024-01-03\",\"amount\":0.5}]");

        assertThat(api().get("/api/v1/data/TAGGED?adjustment=all").header("ETag"))
                .isNotEqualTo(tag);
        assertThat(api().get("/api/v1/changes?after=" + before).text("/data/0/ticker"))
                .isEqualTo("TAGGED");
    }

    @Test
    void dividendAfterTheNewestBarHasNoEffectYet() {
        givenDays("AHEAD", 3);
        api().put("/api/v1/data/AHEAD/dividends", "[{\"timestamp\":\"2024-01-04\",\"amount\":0.5}]");

        assertThat(api().get("/api/v1/data/AHEAD?adjustment=all&format=csv").body())
                .isEqualTo(api().get("/api/v1/data/AHEAD?format=csv").body());
    }

    @Test
    void dividendThatIsNoLessThanThePriceIsOutOfRange() {
        givenDays("TOOMUCH", 3);
        api().put("/api/v1/data/TOOMUCH/dividends", "[{\"timestamp\":\"2024-01-03\",\"amount\":2}]");

        Answer answer = api().get("/api/v1/data/TOOMUCH?adjustment=all");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/type")).isEqualTo("urn:problem:adjustment-out-of-range");
        assertThat(api().get("/api/v1/data/TOOMUCH?adjustment=split").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|body not-an-array",
                "[7]|dividend not-an-object",
                "[{\"timestamp\":\"2024-01-03\",\"amount\":0}]|amount out-of-range",
                "[{\"timestamp\":\"2024-01-03\",\"amount\":-1}]|amount out-of-range",
                "[{\"timestamp\":\"2024-01-03\",\"amount\":0.1234567891}]|amount out-of-range",
                "[{\"timestamp\":\"2024-01-03\",\"amount\":true}]|amount out-of-range",
                "[{\"timestamp\":\"2024-01-03\"}]|amount out-of-range",
                "[{\"timestamp\":\"tomorrow\",\"amount\":1}]|timestamp not-a-timestamp",
                "[{\"timestamp\":\"2024-01-03\",\"amount\":1,\"ratio\":2}]|ratio unknown-field",
                "[{\"timestamp\":\"2024-01-03\",\"amount\":1},{\"timestamp\":\"2024-01-03\",\"amount\":2}]|timestamp duplicate"
            })
    void refusedListNamesTheFaultAndChangesNothing(String body, String fault) {
        givenDays("REFUSED", 3);
        api().put("/api/v1/data/REFUSED/dividends", "[{\"timestamp\":\"2024-01-02\",\"amount\":0.5}]");

        Answer answer = api().put("/api/v1/data/REFUSED/dividends", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/field") + " " + answer.text("/errors/0/code"))
                .isEqualTo(fault);
        assertThat(api().get("/api/v1/data/REFUSED/dividends").at("/count").asInt())
                .isEqualTo(1);
    }

    /** The reference goes backwards from the newest bar, bar by bar. */
    @Test
    void randomSplitsAndDividendsAdjustAsAReferenceDoes() {
        Random random = new Random(42);
        for (int series = 0; series < RANDOM_SERIES; series++) {
            String ticker = "RANDOM" + series;
            List<BigDecimal> closes = new ArrayList<>();
            StringBuilder csv = new StringBuilder(HEADER);
            for (int day = 1; day <= DAYS; day++) {
                BigDecimal close = BigDecimal.valueOf(5_000 + random.nextInt(5_000), 2);
                closes.add(close);
                csv.append("2024-01-%02d,%2$s,%2$s,%2$s,%2$s,7\n".formatted(day, close.toPlainString()));
            }
            int[] splits = new int[DAYS + 1];
            int[] cents = new int[DAYS + 1];
            List<String> splitList = new ArrayList<>();
            List<String> dividendList = new ArrayList<>();
            for (int day = 2; day <= DAYS; day++) {
                splits[day] = random.nextInt(6) == 0 ? 2 + random.nextInt(3) : 1;
                cents[day] = random.nextInt(4) == 0 ? 1 + random.nextInt(300) : 0;
                if (splits[day] > 1) {
                    splitList.add("{\"timestamp\":\"2024-01-%02d\",\"numerator\":%d,\"denominator\":1}"
                            .formatted(day, splits[day]));
                }
                if (cents[day] > 0) {
                    dividendList.add("{\"timestamp\":\"2024-01-%02d\",\"amount\":%s}"
                            .formatted(day, BigDecimal.valueOf(cents[day], 2)));
                }
            }
            api().post("/api/v1/data/" + ticker, CSV, csv.toString());
            api().put("/api/v1/data/" + ticker + "/splits", splitList.toString());
            api().put("/api/v1/data/" + ticker + "/dividends", dividendList.toString());

            Answer adjusted = api().get("/api/v1/data/" + ticker + "?adjustment=all");

            BigDecimal factor = BigDecimal.ONE;
            for (int day = DAYS; day >= 1; day--) {
                BigDecimal expected = closes.get(day - 1).multiply(factor).setScale(9, RoundingMode.HALF_EVEN);
                assertThat(adjusted.at("/data/" + (day - 1) + "/close").decimalValue())
                        .as("%s, day %d", ticker, day)
                        .isEqualByComparingTo(expected);
                if (day > 1) {
                    BigDecimal before = closes.get(day - 2).divide(BigDecimal.valueOf(splits[day]), PRECISE);
                    BigDecimal left = before.subtract(BigDecimal.valueOf(cents[day], 2));
                    factor = factor.multiply(left).divide(closes.get(day - 2), PRECISE);
                }
            }
        }
    }
}
