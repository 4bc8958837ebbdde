package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportTest extends ApiServer {

    private static final String GOOD = "2024-01-02,1,2,0.5,1.5,10\n";

    @Test
    void saysWhatItDidAndTheSecondTimeThatNothingChanged() {
        String csv = HEADER + GOOD + "2024-01-03,1,2,0.5,1.5,10\n";

        Answer first = api().post("/api/v1/data/TWICE", CSV, csv);
        Answer second = api().post("/api/v1/data/TWICE", CSV, csv);
        Answer third = api().post("/api/v1/data/TWICE", CSV, csv.replace("1.5,10\n2024", "1.6,10\n2024"));

        assertThat(first.body())
                .startsWith("{\"received\":2,\"inserted\":2,\"updated\":0,\"unchanged\":0,\"rejected\":0,"
                        + "\"dropped\":0,\"duplicates\":0,\"rounded\":0,\"dryRun\":false,\"revision\":1,\"detected\":{")
                .contains(",\"droppedRows\":[],\"warnings\":[],\"errors\":[],\"seconds\":");
        assertThat(second.at("/unchanged").asInt()).isEqualTo(2);
        assertThat(second.at("/revision").asInt()).isEqualTo(1);
        assertThat(third.at("/updated").asInt()).isEqualTo(1);
        assertThat(third.at("/unchanged").asInt()).isEqualTo(1);
        assertThat(third.at("/revision").asInt()).isEqualTo(2);
    }

    @Test
    void readsCsvAsPeopleHaveIt() {
        String csv = String.join(
                "\r\n",
                "\uFEFF\"Date\",Open,High,Low,Close,Adj Close,Volume",
                "",
                "2024-01-03,\"1\",2,0.5,1.5,1.4,10",
                "20240102,1,2,0.5,1.5,1.4,10",
                "");

        Answer answer = api().post("/api/v1/data/REAL", CSV, csv);

        assertThat(answer.at("/inserted").asInt()).isEqualTo(2);
        assertThat(answer.text("/detected/columns/adjusted_close")).isEqualTo("Adj Close");
        assertThat(api().get("/api/v1/data/REAL").text("/data/0/timestamp")).isEqualTo("2024-01-02T00:00:00Z");
    }

    @Test
    void readsLocalTimesAndAmericanDatesWhenTold() {
        api().post(
                        "/api/v1/data/NY?timeframe=1m&zone=America/New_York",
                        CSV,
                        HEADER + "2024-01-02 09:30:00,1,2,1,2,5\n");
        api().post("/api/v1/data/US?dateFormat=MM/dd/yyyy", CSV, HEADER + "01/31/2024,1,2,1,2,5\n");

        assertThat(api().get("/api/v1/data/NY/latest?timeframe=1m").text("/timestamp"))
                .isEqualTo("2024-01-02T14:30:00Z");
        assertThat(api().get("/api/v1/data/US/latest").text("/timestamp")).isEqualTo("2024-01-31T00:00:00Z");
        assertThat(api().post("/api/v1/data/US?zone=Mars", CSV, HEADER).status())
                .isEqualTo(400);
        assertThat(api().post("/api/v1/data/US?dateFormat=bb", CSV, HEADER).status())
                .isEqualTo(400);
    }

    @Test
    void takesBackItsOwnExportByteForByte() {
        String csv = HEADER + "2024-01-02T00:00:00Z,187.15,188.44,183.89,185.64,82488700\n"
                + "2024-01-03T00:00:00Z,-0.000000001,999999999.999999999,-0.000000001,1.1,123456789012345678\n";
        api().post("/api/v1/data/EXPORT", CSV, csv);

        String exported = api().get("/api/v1/data/EXPORT?format=csv").body();
        Answer again = api().post("/api/v1/data/EXPORT", CSV, exported);

        assertThat(exported).isEqualTo(csv);
        assertThat(again.at("/unchanged").asInt()).isEqualTo(2);
    }

    @Test
    void readsManyTickersAsJsonLinesAndCsv() {
        String bar =
                "{\"ticker\":\"%s\",\"timestamp\":\"2024-01-02\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}\n";

        Answer lines =
                api().post("/api/v1/data", "application/x-ndjson", bar.formatted("N1") + "\n" + bar.formatted("n2"));
        Answer csv = api().post("/api/v1/data", CSV, "ticker," + HEADER + "N1," + GOOD + "N3," + GOOD);

        assertThat(lines.at("/revisions").toString()).isEqualTo("{\"N1\":1,\"N2\":1}");
        assertThat(csv.at("/revisions").toString()).isEqualTo("{\"N1\":2,\"N3\":1}");
        assertThat(csv.at("/updated").asInt()).isEqualTo(1);
        assertThat(api().post("/api/v1/data", CSV, HEADER + GOOD).text("/errors/0/code"))
                .isEqualTo("missing");
        assertThat(api().post("/api/v1/data", "application/x-ndjson", bar.formatted("N1") + "{oops\n")
                        .at("/errors/0/line")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void insertsOnlyWhatIsNotThereIfAskedTo() {
        api().post("/api/v1/data/MODES", CSV, HEADER + GOOD);
        String both = HEADER + "2024-01-02,9,9,9,9,9\n2024-01-03,9,9,9,9,9\n";

        Answer insert = api().post("/api/v1/data/MODES?mode=insert", CSV, both);
        long countAfterRefusal = api().get("/api/v1/data/MODES").at("/count").asLong();
        Answer dryRun = api().post("/api/v1/data/MODES?mode=skip&dryRun=true", CSV, both);
        long countAfterDryRun = api().get("/api/v1/data/MODES").at("/count").asLong();
        Answer skip = api().post("/api/v1/data/MODES?mode=skip", CSV, both);

        assertThat(insert.status()).isEqualTo(409);
        assertThat(faults(insert)).containsExactly("2 timestamp already-exists 2024-01-02T00:00:00Z");
        assertThat(List.of(countAfterRefusal, countAfterDryRun)).containsOnly(1L);
        assertThat(dryRun.at("/inserted").asInt()).isEqualTo(1);
        assertThat(skip.at("/inserted").asInt()).isEqualTo(1);
        assertThat(skip.at("/unchanged").asInt()).isEqualTo(1);
        assertThat(api().get("/api/v1/data/MODES/2024-01-02").at("/close").asString())
                .isEqualTo("1.5");
    }

    @Test
    void passesOverBadRowsIfAskedTo() {
        Answer answer =
                api().post("/api/v1/data/SKIP?onError=skip", CSV, HEADER + GOOD + "2024-01-03,x,2,0.5,1.5,10\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/received").asInt()).isEqualTo(2);
        assertThat(answer.at("/inserted").asInt()).isEqualTo(1);
        assertThat(answer.at("/rejected").asInt()).isEqualTo(1);
        assertThat(faults(answer)).containsExactly("3 open not-a-number x");
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
                                error.get("value").asString())));
        return faults;
    }
}
