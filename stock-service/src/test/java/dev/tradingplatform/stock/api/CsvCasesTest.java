package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSV as people have it. */
class CsvCasesTest extends ApiServer {

    private static final String GOOD = "2024-01-02,1,2,0.5,1.5,10\n";

    @Override
    String[] settings() {
        return new String[] {"--stock.import.max-rows=150000", "--stock.import.max-size=20MB"};
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "date,open,high,low,close,volume",
                "Date,Open,High,Low,Close,Volume",
                "TIME,OPEN,HIGH,LOW,CLOSE,VOLUME",
                " datetime , open,high,low,close,volume",
                "\"timestamp\",\"open\",\"high\",\"low\",\"close\",\"volume\""
            })
    void takesTheUsualNamesOfColumnsInAnyCase(String header) {
        Answer answer = api().post("/api/v1/data/ALIAS?dryRun=true", CSV, header + "\n" + GOOD);

        assertThat(answer.at("/inserted").asInt()).isEqualTo(1);
    }

    @Test
    void takesColumnsInAnyOrderAndSaysWhichItIgnored() {
        String csv = "Volume,Close,Adj Close,Low,High,Open,Date,Dividends\n10,1.5,1.4,0.5,2,1,2024-01-02,0\n";

        Answer answer = api().post("/api/v1/data/ORDER", CSV, csv);

        assertThat(answer.at("/detected/ignoredColumns").toString()).isEqualTo("[\"Dividends\"]");
        assertThat(api().get("/api/v1/data/ORDER?format=csv").body())
                .isEqualTo(HEADER + "2024-01-02T00:00:00Z,1,2,0.5,1.5,10\n");
    }

    @Test
    void takesAByteOrderMarkWindowsLineEndsQuotesEmptyLinesAndNoLastLineEnd() {
        String csv = "\uFEFF" + HEADER.strip()
                + "\r\n\"2024-01-02\",\"1\",2,0.5,\"1.5\",10\r\n\r\n2024-01-03,1,2,0.5,1.5,10";

        Answer answer = api().post("/api/v1/data/WINDOWS", CSV, csv);

        assertThat(answer.at("/inserted").asInt()).isEqualTo(2);
    }

    @Test
    void takesFifteenThousandRowsNewestFirst() {
        LocalDate newest = LocalDate.of(2024, 1, 1);
        List<String> rows = IntStream.range(0, 15_000)
                .mapToObj(day -> newest.minusDays(day) + ",1,2,0.5,1.5," + day + "\n")
                .toList();

        Answer answer = api().post("/api/v1/data/DESCENDING", CSV, HEADER + String.join("", rows));
        Answer first = api().get("/api/v1/data/DESCENDING?limit=1");

        assertThat(answer.at("/inserted").asInt()).isEqualTo(15_000);
        assertThat(first.text("/data/0/timestamp")).isEqualTo(newest.minusDays(14_999) + "T00:00:00Z");
    }

    @Test
    void refusesAmericanDatesUnlessItIsToldThatTheyAre() {
        String csv = HEADER + "01/02/2024,1,2,0.5,1.5,10\n";

        Answer guessed = api().post("/api/v1/data/AMERICAN", CSV, csv);
        Answer told = api().post("/api/v1/data/AMERICAN?dateFormat=MM/dd/yyyy", CSV, csv);

        assertThat(guessed.status()).isEqualTo(422);
        assertThat(guessed.text("/errors/0/code")).isEqualTo("ambiguous-date");
        assertThat(told.status()).isEqualTo(200);
        assertThat(api().get("/api/v1/data/AMERICAN/latest").text("/timestamp")).isEqualTo("2024-01-02T00:00:00Z");
    }

    @Test
    void takesMinuteBarsOfAnExchangeByItsTimeZoneAcrossTheClockChange() {
        String csv = HEADER + "2024-03-08 15:59:00,1,2,0.5,1.5,10\n2024-03-11 09:30:00,1,2,0.5,1.5,10\n";

        Answer without = api().post("/api/v1/data/INTRADAY?timeframe=1m", CSV, csv);
        Answer with = api().post("/api/v1/data/INTRADAY?timeframe=1m&zone=America/New_York", CSV, csv);
        String exported =
                api().get("/api/v1/data/INTRADAY?timeframe=1m&format=csv").body();

        assertThat(without.text("/errors/0/code")).isEqualTo("no-time-zone");
        assertThat(with.at("/inserted").asInt()).isEqualTo(2);
        assertThat(exported).contains("2024-03-08T20:59:00Z", "2024-03-11T13:30:00Z");
    }

    /** More than fit into memory at once, in no order, so that they pass through several runs on disk. */
    @ParameterizedTest
    @CsvSource({"csv, text/csv", "ndjson, application/x-ndjson"})
    void returnsTwentyFourThousandShuffledRowsSortedAndByteForByte(String format, String type) {
        LocalDateTime start = LocalDateTime.of(2020, 1, 1, 0, 0);
        List<String> rows = new ArrayList<>(IntStream.range(0, 24_000)
                .mapToObj(minute -> start.plusMinutes(minute) + ":00Z,1.25,2,0.5,1.5," + minute + "\n")
                .toList());
        String sorted = HEADER + String.join("", rows);
        Collections.shuffle(rows, new Random(7));
        String path = "/api/v1/data/ROUND" + format + "?timeframe=1m";

        Answer imported = api().post(path, CSV, HEADER + String.join("", rows));
        String exported = api().get(path + "&limit=1000000&format=" + format).body();
        Answer again = api().post(path, type, exported);
        Answer page = api().get(path + "&limit=20000&format=" + format);

        assertThat(imported.at("/inserted").asInt()).isEqualTo(24_000);
        assertThat(again.at("/unchanged").asInt()).isEqualTo(24_000);
        if (format.equals("csv")) {
            assertThat(exported).isEqualTo(sorted);
        }
        assertThat(page.body()).isEqualTo(exported.substring(0, page.body().length()));
        assertThat(page.header("Link")).contains("cursor=");
    }

    @Test
    void findsDuplicatesHoweverFarApartAndListsThemInTheOrderOfTheBody() {
        LocalDateTime start = LocalDateTime.of(2020, 1, 1, 0, 0);
        StringBuilder csv = new StringBuilder(HEADER);
        for (int minute = 0; minute < 21_000; minute++) {
            csv.append(start.plusMinutes(minute)).append(":00Z,1,2,0.5,1.5,10\n");
        }
        csv.append("2020-01-01T00:07:00Z,1,2,0.5,1.5,11\nmonday,1,2,0.5,1.5,10\n2020-01-01T00:00:00Z,1,2,1,1,1\n");

        Answer answer = api().post("/api/v1/data/TWICE?timeframe=1m", CSV, csv.toString());

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/errorCount").asInt()).isEqualTo(3);
        assertThat(answer.at("/errors").valueStream().map(error -> error.get("line") + " " + error.get("code")))
                .containsExactly("21002 \"duplicate\"", "21003 \"not-a-timestamp\"", "21004 \"duplicate\"");
        assertThat(answer.text("/errors/0/message")).contains("the values of line 9");
    }

    @Test
    void passesOverMalformedLinesOfNdjsonIfAskedTo() {
        String good = "{\"timestamp\":\"2024-01-0%d\",\"open\":1,\"high\":1,\"low\":1,\"close\":1,\"volume\":1}\n";
        String lines = good.formatted(2) + "{oops\n" + " ".repeat(20_000) + "\n" + good.formatted(3);

        Answer refused = api().post("/api/v1/data/LINES", "application/x-ndjson", lines);
        Answer skipped = api().post("/api/v1/data/LINES?onError=skip", "application/x-ndjson", lines);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(skipped.at("/inserted").asInt()).isEqualTo(2);
        assertThat(skipped.at("/errors").valueStream().map(error -> error.get("line") + " " + error.get("code")))
                .containsExactly("2 \"malformed-json\"", "3 \"too-long\"");
    }
}
