package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.StockCalls;
import dev.tradingplatform.stock.testing.StockServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.Assert;

/** Files in every kind of body that clients send, and what the answer says of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportContentTest {

    private static final String CSV = """
            Date;Open;High;Low;Close;Volume
            2024-01-02;1,5;2;0,5;1,5;10
            2024-01-03;1,5;2;0,5;1,5;10
            2024-01-04;;;;;
            """;
    private static final String ROW = "2024-01-02,1,2,0.5,1.5,10\n";
    private static final String HEADER = "timestamp,open,high,low,close,volume\n";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=----WebKitFormBoundary7MA4YWxk";

    private @Nullable StockServer server;

    @BeforeAll
    void start(@TempDir Path directory) {
        server = StockServer.on(directory.resolve("stock.db"), "--stock.import.max-size=2MB");
    }

    @AfterAll
    void stop() {
        running().close();
    }

    @ParameterizedTest
    @CsvSource({"text/csv", "application/octet-stream", "application/vnd.ms-excel", "text/plain"})
    void fileOfAFormIsImportedWhateverTypeTheBrowserNames(String type) {
        String ticker = "PART" + type.replaceAll("\\W", "");

        Answer answer = api().post(
                        "/api/v1/data/" + ticker,
                        MULTIPART,
                        field("comment", "mine") + file("quotes.csv", type, CSV) + field("late", "x") + end());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/inserted").asInt()).isEqualTo(2);
        assertThat(api().get("/api/v1/data/" + ticker).at("/data/0/open").asString())
                .isEqualTo("1.5");
    }

    @Test
    void jsonAndNdjsonInAFormAreRecognised() {
        String bar = "{\"timestamp\":\"2024-01-0%d\",\"open\":1,\"high\":2,\"low\":0.5,\"close\":1.5,\"volume\":10}";
        String json = "[" + bar.formatted(2) + "]";
        String lines = bar.formatted(2) + "\n" + bar.formatted(3) + "\n";

        Answer array = api().post("/api/v1/data/FORMJ", MULTIPART, file("a.json", "application/json", json) + end());
        Answer many = api().post("/api/v1/data/FORMN", MULTIPART, file("a.ndjson", "text/plain", lines) + end());

        assertThat(array.text("/detected/format")).isEqualTo("json");
        assertThat(many.text("/detected/format")).isEqualTo("ndjson");
        assertThat(many.at("/inserted").asInt()).isEqualTo(2);
    }

    @Test
    void formWithoutFileOrWithSeveralIsRefused() {
        Answer none = api().post("/api/v1/data/FORMS", MULTIPART, field("file", CSV) + end());
        Answer two = api().post(
                        "/api/v1/data/FORMS",
                        MULTIPART,
                        file("a.csv", "text/csv", CSV) + file("b.csv", "text/csv", CSV) + end());
        Answer torn = api().post("/api/v1/data/FORMS", MULTIPART, file("a.csv", "text/csv", CSV));

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.text("/detail")).contains("has no file");
        assertThat(two.status()).isEqualTo(400);
        assertThat(two.text("/detail")).contains("more than one file");
        assertThat(torn.status()).isEqualTo(400);
        assertThat(api().get("/api/v1/data/FORMS").status()).isEqualTo(404);
    }

    @Test
    void formWithoutBoundaryIsRefused() {
        Answer answer = api().post("/api/v1/data/FORMB", "multipart/form-data", file("a.csv", "text/csv", CSV) + end());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/detail")).contains("boundary");
    }

    /** Without the check, the file ended at the malformed escape, and the rows before it were stored. */
    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "%zz", "%-1", "%2-"})
    void formFieldWithAMalformedEscapeIsRefusedAndChangesNothing(String escape) {
        String field = "file=" + URLEncoder.encode(CSV, StandardCharsets.UTF_8) + escape;

        Answer answer = api().post("/api/v1/data/ESCAPE", FORM, field);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/detail")).contains("two hexadecimal digits");
        assertThat(api().get("/api/v1/data/ESCAPE").status()).isEqualTo(404);
    }

    @Test
    void fileWithTheTypeThatCurlNamesByDefaultIsImported() {
        Answer raw = api().post("/api/v1/data/CURL", FORM, CSV);
        Answer field = api().post(
                        "/api/v1/data/CURL",
                        FORM,
                        "file=" + URLEncoder.encode(CSV, StandardCharsets.UTF_8) + "&other=1");

        assertThat(raw.at("/inserted").asInt()).isEqualTo(2);
        assertThat(field.at("/unchanged").asInt()).isEqualTo(2);
        assertThat(field.at("/dropped").asInt()).isEqualTo(1);
    }

    @Test
    void gzipIsDecompressed() {
        Answer answer =
                api().post("/api/v1/data/ZIP", gzip(CSV), "Content-Type", "text/csv", "Content-Encoding", "gzip");

        assertThat(answer.at("/inserted").asInt()).isEqualTo(2);
    }

    @Test
    void otherEncodingsAreRefused() {
        Answer brotli =
                api().call("POST", "/api/v1/data/ZIPS", CSV, "Content-Type", "text/csv", "Content-Encoding", "br");
        Answer plain =
                api().call("POST", "/api/v1/data/ZIPS", CSV, "Content-Type", "text/csv", "Content-Encoding", "gzip");

        assertThat(brotli.status()).isEqualTo(415);
        assertThat(brotli.text("/detail")).contains("Content-Encoding: br", "gzip");
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.text("/detail")).contains("not gzip");
    }

    @Test
    void sizeAfterDecompressionAndRatioAreBounded() {
        String varied = HEADER + numbers(300_000);
        Answer large =
                api().post("/api/v1/data/BOMB", gzip(varied), "Content-Type", "text/csv", "Content-Encoding", "gzip");
        Answer bomb = api().post(
                        "/api/v1/data/BOMB",
                        gzip(HEADER + "\n".repeat(1_900_000)),
                        "Content-Type",
                        "text/csv",
                        "Content-Encoding",
                        "gzip");

        assertThat(large.status()).isEqualTo(413);
        assertThat(large.text("/detail")).contains("2097152 bytes");
        assertThat(bomb.status()).isEqualTo(413);
        assertThat(bomb.text("/detail")).contains("200 bytes for each byte of gzip");
    }

    @ParameterizedTest
    @CsvSource({"json, application/json", "csv, text/csv", "ndjson, application/x-ndjson"})
    void whatIsReadCanBeSentBack(String format, String type) {
        api().post("/api/v1/data/BACK" + format, "text/csv", CSV);

        Answer one = api().post(
                        "/api/v1/data/BACK" + format,
                        type,
                        api().get("/api/v1/data/BACK" + format + "?format=" + format)
                                .body());
        Answer many = api().post(
                        "/api/v1/data",
                        type,
                        api().get("/api/v1/data?tickers=BACK" + format + "&format=" + format)
                                .body());

        assertThat(one.at("/unchanged").asInt()).isEqualTo(2);
        assertThat(many.at("/unchanged").asInt()).isEqualTo(2);
    }

    @Test
    void answerOfAnotherKindIsRefused() {
        api().post("/api/v1/data/KIND", "text/csv", CSV);
        String page = api().get("/api/v1/data/KIND").body();

        Answer timeframe = api().post("/api/v1/data/KIND?timeframe=1h", "application/json", page);
        Answer adjusted = api().post("/api/v1/data/KIND", "application/json", page.replace("\"raw\"", "\"split\""));
        Answer ticker = api().post("/api/v1/data/OTHER", "application/json", page);

        assertThat(timeframe.text("/errors/0/message")).contains("timeframe: 1d", "the parameter timeframe=1d");
        assertThat(adjusted.text("/errors/0/field")).isEqualTo("adjustment");
        assertThat(ticker.text("/errors/0/code")).isEqualTo("other-ticker");
        assertThat(ticker.text("/errors/0/pointer")).isEqualTo("/data/0/ticker");
    }

    @Test
    void dryRunTellsHowTheFileIsReadAndStoresNothing() {
        Answer answer = api().post("/api/v1/data/DRY?dryRun=true&zone=Europe/Berlin", "text/csv", CSV);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.at("/detected").toString())
                .isEqualTo(
                        "{\"format\":\"csv\",\"separator\":\";\",\"decimal\":\",\",\"columns\":{\"timestamp\":\"Date\","
                                + "\"open\":\"Open\",\"high\":\"High\",\"low\":\"Low\",\"close\":\"Close\",\"volume\":\"Volume\"},"
                                + "\"ignoredColumns\":[],\"dateFormat\":\"yyyy-MM-dd\",\"zone\":\"Europe/Berlin\"}");
        assertThat(answer.at("/first").toString())
                .isEqualTo("{\"ticker\":\"DRY\",\"timestamp\":\"2024-01-02T00:00:00Z\",\"open\":1.5,\"high\":2,"
                        + "\"low\":0.5,\"close\":1.5,\"volume\":10}");
        assertThat(answer.text("/last/timestamp")).isEqualTo("2024-01-03T00:00:00Z");
        assertThat(answer.at("/dropped").asInt()).isEqualTo(1);
        assertThat(answer.at("/droppedRows/0/line").asInt()).isEqualTo(4);
        assertThat(api().get("/api/v1/data/DRY").status()).isEqualTo(404);
    }

    @Test
    void refusalNamesTheParameterThatHelps() {
        Answer date = post("03/04/2024,1,2,0.5,1.5,10\n", "");
        Answer zone = post("2024-03-04T05:00:00Z,1,2,0.5,1.5,10\n", "");
        Answer error = post(ROW + "2024-01-03,x,2,0.5,1.5,10\n", "");
        Answer duplicate = post(ROW + ROW.replace("10", "11"), "");

        assertThat(date.text("/detail")).contains("dateFormat");
        assertThat(zone.text("/detail")).contains("the parameter zone");
        assertThat(error.text("/detail")).contains("onError=skip");
        assertThat(duplicate.text("/detail")).contains("onDuplicate=last");
        assertThat(post(ROW, "?onError=abort").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"first, 10, 1, 0", "last, 11, 1, 0", "reject, 10, 0, 1"})
    void duplicatePolicyDecidesOnTheRow(String policy, String volume, int duplicates, int rejected) {
        Answer answer = api().post(
                        "/api/v1/data/DUP" + policy + "?onError=skip&onDuplicate=" + policy,
                        "text/csv",
                        HEADER + ROW + ROW.replace("10", "11"));

        assertThat(answer.at("/inserted").asInt()).isEqualTo(1);
        assertThat(answer.at("/duplicates").asInt()).isEqualTo(duplicates);
        assertThat(answer.at("/rejected").asInt()).isEqualTo(rejected);
        assertThat(api().get("/api/v1/data/DUP" + policy).at("/data/0/volume").asString())
                .isEqualTo(volume);
    }

    private Answer post(String rows, String query) {
        return api().post("/api/v1/data/HELP" + query, "text/csv", HEADER + rows);
    }

    private StockCalls api() {
        return running().calls();
    }

    private StockServer running() {
        StockServer running = server;
        Assert.state(running != null, "not started");
        return running;
    }

    private static String field(String name, String value) {
        return "------WebKitFormBoundary7MA4YWxk\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n"
                + value + "\r\n";
    }

    private static String file(String name, String type, String content) {
        return "------WebKitFormBoundary7MA4YWxk\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                + "\"\r\nContent-Type: " + type + "\r\n\r\n" + content + "\r\n";
    }

    private static String end() {
        return "------WebKitFormBoundary7MA4YWxk--\r\n";
    }

    /** Rows that no compression makes 200 times smaller. */
    private static String numbers(int rows) {
        StringBuilder text = new StringBuilder();
        for (long row = 1; row <= rows; row++) {
            text.append("x,").append(row * 7_919_317 % 1_000_003).append('\n');
        }
        return text.toString();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
