package dev.tradingplatform.stock.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.stock.testing.Answer;
import dev.tradingplatform.stock.testing.RawClient;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TickersTest extends ApiServer {

    private static final String CLOSING = " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    private static final String BAR = "{\"open\":1,\"high\":2,\"low\":1,\"close\":2,\"volume\":3}";

    @Test
    void doesNotKnowTickersWithoutBars() {
        Answer answer = api().get("/api/v1/data/NOBODY");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text("/type")).isEqualTo("urn:problem:ticker-not-found");
        assertThat(answer.header("X-Served-By")).isEqualTo("test");
    }

    @Test
    void returnsSeveralTickersAndNamesTheMissing() {
        givenDays("M1", 3);
        givenDays("M2", 2);

        Answer answer = api().get("/api/v1/data?tickers=M1,M2,NOBODY&last=1");

        assertThat(answer.text("/data/M1/0/timestamp")).isEqualTo("2024-01-03T00:00:00Z");
        assertThat(answer.at("/data/M2").size()).isEqualTo(1);
        assertThat(answer.at("/missing").toString()).isEqualTo("[\"NOBODY\"]");
        assertThat(api().get("/api/v1/data?tickers=M1,M2&last=1&format=csv").body())
                .isEqualTo("ticker," + HEADER + "M1,2024-01-03T00:00:00Z,3,3,3,3,300\n"
                        + "M2,2024-01-02T00:00:00Z,2,2,2,2,200\n");
        assertThat(api().get("/api/v1/data").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "BRK.B, brk.b, BRK.B",
        "BTC-USD, btc-USD, BTC-USD",
        "EURUSD=X, eurusd=x, EURUSD=X",
        "^GSPC, %5Egspc, %5EGSPC",
        "ES=F, ES%3Df, ES=F",
        "M&M.NS, m%26m.ns, M&M.NS",
        "BTC/USDT, btc%2fusdt, BTC%2FUSDT"
    })
    void storesAndServesTickersAsExchangesWriteThem(String ticker, String inUrl, String canonical) {
        String folder = "/api/v1/data/" + inUrl;

        String splits = "[{\"timestamp\":\"2024-01-03\",\"numerator\":2,\"denominator\":1}]";
        Answer created = api().put(folder + "/splits", splits);
        assertThat(created.header("Location")).isEqualTo("/api/v1/data/" + canonical + "/splits");
        Answer put = api().put(folder + "/2024-01-03", BAR);
        Answer imported = api().post(folder, CSV, HEADER + "2024-01-02,1,2,1,2,3\n2024-01-04,1,2,1,2,3\n");
        Answer page = api().get(folder + "?limit=2");

        assertThat(put.header("Location")).isEqualTo("/api/v1/data/" + canonical + "/2024-01-03T00:00:00Z");
        assertThat(api().get(put.header("Location")).status()).isEqualTo(200);
        assertThat(imported.at("/inserted").asInt()).as(imported.body()).isEqualTo(2);
        assertThat(page.text("/ticker")).isEqualTo(ticker);
        assertThat(api().get(page.text("/next")).text("/data/0/timestamp")).isEqualTo("2024-01-04T00:00:00Z");
        assertThat(api().get(folder + "/latest").text("/timestamp")).isEqualTo("2024-01-04T00:00:00Z");
        String list = "/api/v1/data?last=1&tickers=" + URLEncoder.encode(ticker, StandardCharsets.UTF_8);
        assertThat(api().get(list).at("/data").has(ticker)).isTrue();
        assertThat(api().delete(put.header("Location")).status()).isEqualTo(204);
        assertThat(api().delete(folder + "?all=true").status()).isEqualTo(200);
    }

    @Test
    void servesACaretThatTheClientDidNotEncode() {
        givenDays("%5ERAW", 3);
        try (RawClient client = new RawClient(port())) {
            String answer =
                    client.send("GET /api/v1/data/^RAW?limit=1" + CLOSING).answer();

            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .contains("\"ticker\":\"^RAW\"", "\"next\":\"/api/v1/data/%5ERAW?limit=1&cursor=");
        }
    }

    @Test
    void listsTickersWithSlashesPageByPage() {
        Stream.of("SLASH/A", "SLASH/B").forEach(ticker -> givenDays(ticker.replace("/", "%2F"), 1));

        Answer first = api().get("/api/v1/tickers?prefix=slash/&limit=1");

        assertThat(first.text("/data/0/ticker")).isEqualTo("SLASH/A");
        assertThat(api().get(first.text("/next")).text("/data/0/ticker")).isEqualTo("SLASH/B");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%C5%BFpy", "q%C4%B1x", "%EF%AC%81", "%C3%9F", "%E2%84%AA"})
    void refusesTickersThatOnlyLookLikeAscii(String inUrl) {
        Answer answer = api().put("/api/v1/data/" + inUrl + "/2024-01-03", BAR);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo("ticker");
        assertThat(api().get("/api/v1/data?tickers=" + inUrl).status()).isEqualTo(400);
        assertThat(api().get("/api/v1/tickers?prefix=" + inUrl).status()).isEqualTo(400);
        assertThat(api().post(
                                "/api/v1/data",
                                CSV,
                                "ticker," + HEADER + URLDecoder.decode(inUrl, StandardCharsets.UTF_8)
                                        + ",2024-01-02,1,2,1,2,3\n")
                        .status())
                .isEqualTo(422);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "/api/v1/data/A; GET, HEAD, POST, DELETE, OPTIONS",
                "/api/v1/data/A/latest; GET, HEAD, OPTIONS",
                "/api/v1/data/A/splits; GET, HEAD, PUT, OPTIONS",
                "/api/v1/data/A/2024-01-02; GET, HEAD, PUT, DELETE, OPTIONS",
                "/api/v1/data; GET, HEAD, POST, OPTIONS",
                "/api/v1/tickers; GET, HEAD, OPTIONS",
                "/actuator/backup; POST, OPTIONS"
            })
    void namesTheMethodsThatAPathHas(String path, String methods) {
        List<String> expected = List.of(methods.split(", ", -1));

        Answer options = api().call("OPTIONS", path, "");
        Answer refused = api().call("PATCH", path, "");

        assertThat(options.status()).isIn(200, 204);
        assertThat(List.of(options.header("Allow").split(",\\s*", -1))).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.text("/type")).isEqualTo("urn:problem:method-not-allowed");
        assertThat(List.of(refused.header("Allow").split(",\\s*", -1))).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/api/v1/data/A/2024-01-02/open"})
    void namesNoMethodsWhereNothingIs(String path) {
        Answer options = api().call("OPTIONS", path, "");

        assertThat(options.status()).isEqualTo(404);
        assertThat(options.header("Allow")).isEmpty();
    }

    @Test
    void listsTickersPageByPage() {
        IntStream.rangeClosed(1, 3).forEach(i -> givenDays("LIST_" + i, i));

        Answer first = api().get("/api/v1/tickers?prefix=list_&limit=2");
        Answer second = api().get(first.text("/next"));

        assertThat(first.at("/data/0").toString())
                .isEqualTo("{\"ticker\":\"LIST_1\",\"timeframe\":\"1d\",\"count\":1,\"first\":\"2024-01-01T00:00:00Z\","
                        + "\"last\":\"2024-01-01T00:00:00Z\",\"lastClose\":1,\"revision\":1}");
        assertThat(second.text("/data/0/ticker")).isEqualTo("LIST_3");
        assertThat(second.at("/next").isNull()).isTrue();
        assertThat(api().get("/api/v1/tickers?prefix=list_&limit=2", "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(304);
        assertThat(api().get("/api/v1/tickers?prefx=A").status()).isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"prefix=%00", "prefix=A%25", "cursor=AC8xZA", "cursor=QS8yZA", "cursor=QQ", "cursor=%25"})
    void refusesWhatNoTickerBeginsWith(String query) {
        Answer answer = api().get("/api/v1/tickers?" + query);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/field")).isEqualTo(query.substring(0, 6));
    }

    @Test
    void refusesTheCursorOfAnotherPrefix() {
        IntStream.rangeClosed(1, 2).forEach(i -> givenDays("FILTER_" + i, i));
        String next = api().get("/api/v1/tickers?prefix=filter_&limit=1").text("/next");

        Answer other = api().get(next.replace("prefix=filter_", "prefix=f"));

        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text("/errors/0/code")).isEqualTo("other-query");
        assertThat(api().get(next).text("/data/0/ticker")).isEqualTo("FILTER_2");
    }

    @Test
    void namesEveryTickerThatIsNone() {
        Answer answer = api().get("/api/v1/data?tickers==A,OK,=B&form=1");

        assertThat(answer.at("/errors").size()).isEqualTo(3);
    }

    /** Every import brings both tickers the same price, and so must every answer. */
    @Test
    void showsAllTickersAsTheyWereAtOneMoment() {
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.execute(() -> {
                for (int price = 1; !done.get(); price++) {
                    String bar = ",2024-01-02,%1$d,%1$d,%1$d,%1$d,1\n".formatted(price);
                    api().post("/api/v1/data", CSV, "ticker," + HEADER + "PAIR_A" + bar + "PAIR_B" + bar);
                }
            });
            List<String> torn = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                Answer answer = api().get("/api/v1/data?tickers=PAIR_A,PAIR_B&last=1");
                if (!answer.at("/data/PAIR_A").equals(answer.at("/data/PAIR_B"))) {
                    torn.add(answer.body());
                }
            }
            done.set(true);
            assertThat(torn).isEmpty();
        }
    }

    @Test
    void deletedTickerHasNeitherBarsOfAnyTimeframeNorSplits() {
        api().post("/api/v1/data/WHOLE", CSV, HEADER + "2024-01-02,1,1,1,1,1\n2024-01-03,1,1,1,1,1\n");
        api().post("/api/v1/data/WHOLE?timeframe=5m", CSV, HEADER + "2024-01-02T00:05:00Z,1,1,1,1,1\n");
        api().put("/api/v1/data/WHOLE/splits", "[{\"timestamp\":\"2024-01-03\",\"numerator\":2,\"denominator\":1}]");
        api().post("/api/v1/data/WHOLE2", CSV, HEADER + "2024-01-02,1,1,1,1,1\n");
        long before = api().get("/api/v1/changes?limit=1").at("/last").asLong();

        Answer deleted = api().delete("/api/v1/tickers/whole");

        assertThat(deleted.body()).isEqualTo("{\"series\":2,\"bars\":3,\"splits\":1,\"dividends\":0}");
        assertThat(api().get("/api/v1/data/WHOLE").status()).isEqualTo(404);
        assertThat(api().get("/api/v1/data/WHOLE?timeframe=5m").status()).isEqualTo(404);
        assertThat(api().get("/api/v1/data/WHOLE/splits").status()).isEqualTo(404);
        assertThat(api().get("/api/v1/data/WHOLE2").status()).isEqualTo(200);
        assertThat(api().get("/api/v1/changes?after=" + before).at("/data").size())
                .isEqualTo(2);
        assertThat(api().delete("/api/v1/tickers/WHOLE").status()).isEqualTo(404);
    }

    @Test
    void revisionOfADeletedTickerGoesOn() {
        api().post("/api/v1/data/AGAIN", CSV, HEADER + "2024-01-02,1,1,1,1,1\n");
        String tag = api().get("/api/v1/data/AGAIN").header("ETag");
        api().delete("/api/v1/tickers/AGAIN");

        api().post("/api/v1/data/AGAIN", CSV, HEADER + "2024-01-02,2,2,2,2,2\n");

        assertThat(api().get("/api/v1/data/AGAIN").header("ETag")).isNotEqualTo(tag);
    }
}
