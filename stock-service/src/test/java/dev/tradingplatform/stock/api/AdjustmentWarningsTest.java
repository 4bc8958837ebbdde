package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import org.junit.jupiter.api.Test;

class AdjustmentWarningsTest extends ApiServer {

    private static final String WITH_ADJUSTED = "Date,Open,High,Low,Close,Adj Close,Volume\n";
    private static final String SPLIT = "[{\"timestamp\":\"2024-01-03\",\"numerator\":4,\"denominator\":1}]";

    /** Traded at 400, then at 100 after a split of 4 for 1; the adjusted closes include a dividend, too. */
    private static final String RAW = WITH_ADJUSTED + "2024-01-01,400,400,400,400,99.5,10\n"
            + "2024-01-02,404,404,404,404,100.5,10\n2024-01-03,101,101,101,101,101,40\n";

    private static final String ADJUSTED = WITH_ADJUSTED + "2024-01-01,100,100,100,100,99.5,40\n"
            + "2024-01-02,101,101,101,101,100.5,40\n2024-01-03,101,101,101,101,101,40\n";

    @Test
    void splitThatTheAdjustedClosesImplyIsMissing() {
        Answer answer = api().post("/api/v1/data/MISSING?dryRun=true", CSV, RAW);

        assertThat(answer.text("/warnings/0/code")).isEqualTo("missing-split");
        assertThat(answer.text("/warnings/0/timestamp")).isEqualTo("2024-01-03T00:00:00Z");
        assertThat(answer.text("/warnings/0/message")).contains("about 4.0 for 1", "/splits");
    }

    @Test
    void splitThatIsStoredIsNotMissing() {
        api().put("/api/v1/data/STORED/splits", SPLIT);

        Answer answer = api().post("/api/v1/data/STORED", CSV, RAW);

        assertThat(answer.at("/warnings").size()).as(answer.body()).isZero();
    }

    @Test
    void newestRowFirstIsReadTheSame() {
        Answer answer = api().post(
                        "/api/v1/data/BACKWARDS",
                        CSV,
                        WITH_ADJUSTED + "2024-01-03,101,101,101,101,101,40\n2024-01-02,404,404,404,404,100.5,10\n");

        assertThat(answer.text("/warnings/0/code")).isEqualTo("missing-split");
        assertThat(answer.text("/warnings/0/timestamp")).isEqualTo("2024-01-03T00:00:00Z");
    }

    @Test
    void fileWhoseAdjustedClosesDoNotShowTheStoredSplitIsAlreadyAdjusted() {
        api().put("/api/v1/data/ALREADY/splits", SPLIT);

        Answer answer = api().post("/api/v1/data/ALREADY", CSV, ADJUSTED);

        assertThat(answer.text("/warnings/0/code")).isEqualTo("already-adjusted");
        assertThat(answer.text("/warnings/0/message")).contains("4 for 1", "adjusted twice");
    }

    @Test
    void adjustedExportOverARawSeriesIsNoticed() {
        String raw = HEADER + "2024-01-01,400,400,400,400,10\n2024-01-02,404,404,404,404,10\n"
                + "2024-01-03,408,408,408,408,10\n2024-01-04,101,101,101,101,40\n";
        String adjusted = HEADER + "2024-01-01,100,100,100,100,40\n2024-01-02,101,101,101,101,40\n"
                + "2024-01-03,102,102,102,102,40\n2024-01-04,101,101,101,101,40\n";
        api().post("/api/v1/data/OVER", CSV, raw);
        api().put("/api/v1/data/OVER/splits", SPLIT.replace("01-03", "01-04"));

        Answer same = api().post("/api/v1/data/OVER", CSV, raw);
        Answer answer = api().post("/api/v1/data/OVER?dryRun=true", CSV, adjusted);

        assertThat(same.at("/warnings").size()).isZero();
        assertThat(answer.text("/warnings/0/code")).isEqualTo("adjusted-over-raw");
        assertThat(answer.at("/warnings/0/count").asInt()).isEqualTo(3);
        assertThat(answer.text("/warnings/0/message")).contains("as they were traded");
    }

    @Test
    void dividendsAloneGiveNoWarning() {
        Answer answer = api().post(
                        "/api/v1/data/DIVIDENDS",
                        CSV,
                        WITH_ADJUSTED + "2024-01-01,100,100,100,100,96,10\n2024-01-02,100,100,100,100,100,10\n");

        assertThat(answer.at("/warnings").size()).isZero();
    }

    @Test
    void adjustedCloseThatIsNoNumberIsIgnored() {
        Answer answer =
                api().post("/api/v1/data/NONUMBER", CSV, WITH_ADJUSTED + "2024-01-01,100,100,100,100,null,10\n");

        assertThat(answer.at("/inserted").asInt()).isEqualTo(1);
    }
}
