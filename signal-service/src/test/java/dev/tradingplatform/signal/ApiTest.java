package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.indicator.Rsi;
import dev.tradingplatform.signal.indicator.Sma;
import dev.tradingplatform.signal.market.FakeStockService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest(properties = {"signals.kept-bars=0", "discovery.namespace=test.local"})
@AutoConfigureMockMvc
class ApiTest {

    private static final FakeStockService STOCK_SERVICE = new FakeStockService();
    private static final Bars CROSSING = SampleBars.closes(10, 9, 11, 12, 8);

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JsonMapper json;

    @DynamicPropertySource
    static void stockService(DynamicPropertyRegistry registry) {
        registry.add("signals.stock-service", STOCK_SERVICE::url);
    }

    @BeforeEach
    void forget() {
        STOCK_SERVICE.reset();
        STOCK_SERVICE.store("CROSSING", CROSSING, 17);
    }

    @AfterAll
    static void close() {
        STOCK_SERVICE.close();
    }

    @Test
    void signalSaysWhatToDoAndWhyAndWhereTheBarsCameFrom() {
        JsonNode signal = get("/api/v1/signals/crossing?strategy=sma-cross&fast=1&slow=2");

        assertThat(((ObjectNode) signal).without("source").toString()).isEqualTo("""
                        {"ticker":"CROSSING","timeframe":"1d","adjustment":"split","strategy":"sma-cross","params":{"fast":1,"slow":2},\
                        "asOf":"2020-01-05T00:00:00Z","signal":"SELL","position":"FLAT","since":"2020-01-05T00:00:00Z",\
                        "price":8.0,"strength":-0.9259259259259258,"reason":"SMA1 8 crossed below SMA2 10","values":{"fast":8.0,"slow":10.0},\
                        "warmup":{"required":3,"bars":5,"ready":true},\
                        "events":[\
                        {"timestamp":"2020-01-03T00:00:00Z","action":"BUY","price":11.0,"reason":"SMA1 11 crossed above SMA2 10"},\
                        {"timestamp":"2020-01-05T00:00:00Z","action":"SELL","price":8.0,"reason":"SMA1 8 crossed below SMA2 10"}]}""");
        assertThat(get("/api/v1/signals/CROSSING").at("/source/endpoint").asString())
                .isEqualTo(FakeStockService.ENDPOINT);
        assertThat(get("/api/v1/signals/CROSSING").at("/source/revision").asInt())
                .isEqualTo(17);
        assertThat(get("/api/v1/signals/CROSSING").at("/source/stale").asBoolean())
                .isFalse();
    }

    @Test
    void numbersAreStringsIfRequested() {
        STOCK_SERVICE.store(
                "COIN",
                SampleBars.rows(new double[] {43267.46626390, 43268, 0.00001235, 43267.46626391, 12345678901234568.0}),
                1);

        assertThat(get("/api/v1/bars/COIN?numbers=string").get("series").toString())
                .isEqualTo("{\"open\":[\"43267.4662639\"],\"high\":[\"43268\"],\"low\":[\"0.00001235\"],"
                        + "\"close\":[\"43267.46626391\"],\"volume\":[\"12345678901234568\"]}");
        assertThat(get("/api/v1/indicators/COIN?i=sma:1,sma:2&numbers=string")
                        .get("series")
                        .toString())
                .isEqualTo("{\"sma:1\":[\"43267.46626391\"],\"sma:2\":[null]}");
    }

    @Test
    void windowHidesEventsButChangesNoSignal() {
        JsonNode all = get("/api/v1/signals/CROSSING?fast=1&slow=2");
        JsonNode some = get("/api/v1/signals/CROSSING?fast=1&slow=2&last=1");

        assertThat(all.get("events")).hasSize(2);
        assertThat(some.get("events")).hasSize(1);
        assertThat(some.get("events").get(0)).isEqualTo(all.get("events").get(1));
        assertThat(some.get("since")).isEqualTo(all.get("since"));
    }

    @Test
    void sellTurnsShortOnlyWhenBothSidesAreAskedFor() {
        assertThat(get("/api/v1/signals/CROSSING?fast=1&slow=2&side=both")
                        .get("position")
                        .asString())
                .isEqualTo("SHORT");
    }

    @Test
    void tooFewBarsAreNoError() {
        JsonNode signal = get("/api/v1/signals/CROSSING?strategy=rsi-reversion");

        assertThat(signal.get("signal").asString()).isEqualTo("HOLD");
        assertThat(signal.at("/warmup/ready").asBoolean()).isFalse();
        assertThat(signal.get("since").isNull()).isTrue();
    }

    @Test
    void indicatorsAreColumnsWithNullBeforeWarmUp() {
        Bars bars = SampleBars.randomWalk(3, 60);
        STOCK_SERVICE.store("WALK", bars, 1);

        JsonNode chart = get("/api/v1/indicators/WALK?i=sma:20,rsi:14,obv");

        assertThat(chart.get("count").asInt()).isEqualTo(60);
        assertThat(chart.get("timestamps")).hasSize(60);
        assertThat(chart.at("/timestamps/0").asString()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(chart.at("/series/sma:20/18").isNull()).isTrue();
        assertThat(chart.at("/series/sma:20/19").asDouble()).isEqualTo(Sma.of(bars.close(), 20)[19]);
        assertThat(chart.at("/series/rsi:14/13").isNull()).isTrue();
        assertThat(chart.at("/series/rsi:14/59").asDouble()).isEqualTo(Rsi.of(bars.close(), 14)[59]);
        assertThat(chart.at("/series/obv/0").toString()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"last=5", "from=2020-02-25", "from=2020-02-25&to=2020-02-29"})
    void windowNeverChangesAValue(String window) {
        STOCK_SERVICE.store("WALK", SampleBars.randomWalk(3, 60), 1);
        String indicators = "i=ema:20,rsi:14,macd,adx:5";

        JsonNode all = get("/api/v1/indicators/WALK?" + indicators);
        JsonNode some = get("/api/v1/indicators/WALK?" + indicators + "&" + window);

        assertThat(some.get("timestamps")).hasSize(5);
        all.get("series").properties().forEach(column -> {
            for (int i = 0; i < 5; i++) {
                assertThat(some.get("series").get(column.getKey()).get(i))
                        .as(column.getKey())
                        .isEqualTo(column.getValue().get(55 + i));
            }
        });
    }

    @Test
    void barsAreColumnsOfPlainNumbers() {
        STOCK_SERVICE.store("BIG", SampleBars.rows(new double[] {0.00001, 2, 0.00001, 1.5, 82488700}), 1);

        assertThat(mvc.get().uri("/api/v1/bars/BIG").exchange())
                .bodyText()
                .contains(
                        "{\"open\":[0.000010],\"high\":[2],\"low\":[0.000010],\"close\":[1.5],\"volume\":[82488700]}");
    }

    @Test
    void tickersComeWithTheirSource() {
        JsonNode tickers = get("/api/v1/tickers");

        assertThat(tickers.at("/tickers/0/ticker").asString()).isEqualTo("CROSSING");
        assertThat(tickers.at("/tickers/0/lastClose").asDouble()).isEqualTo(8);
        assertThat(tickers.at("/source/endpoint").asString()).isEqualTo(FakeStockService.ENDPOINT);
    }

    @Test
    void cataloguesNameEveryParameterWithItsRange() {
        assertThat(get("/api/v1/strategies").at("/strategies/0").toString())
                .startsWith("{\"name\":\"sma-cross\",\"definition\":\"BUY when")
                .contains(
                        "{\"name\":\"slow\",\"type\":\"INTEGER\",\"range\":{\"min\":1,\"max\":1000},\"preset\":30,\"meaning\":\"closes in the slower mean\"}");
        assertThat(get("/api/v1/strategies").get("strategies")).hasSize(5);
        assertThat(get("/api/v1/indicators").get("indicators")).hasSize(9);
        assertThat(get("/api/v1/indicators").at("/indicators/0/overlay").asBoolean())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/signals/SPY?strategy=foo          | strategy  | foo   | one of sma-cross, ema-cross, macd-cross, rsi-reversion, bollinger-reversion",
                "/api/v1/signals/SPY?fast=30&slow=10       | fast      | 30    | less than slow, which is 10",
                "/api/v1/signals/SPY?fast=0                | fast      | 0     | a whole number from 1 to 1000",
                "/api/v1/signals/SPY?fsat=5                | fsat      | 5     | no such parameter; there are: fast, slow",
                "/api/v1/signals/SPY?side=left             | side      | left  | long or both",
                "/api/v1/signals/=1+1                      | ticker    | =1+1  | 1 to 32 letters, digits and . _ = ^ & / -, beginning with a letter, a digit or ^; a letter or digit follows each /",
                "/api/v1/indicators/SPY                    | i         | ''    | 1 to 20 indicators with commas between, such as sma:20,rsi:14",
                "/api/v1/indicators/SPY?i=sma:20,foo       | i         | foo   | an indicator: sma, ema, bbands, rsi, macd, stoch, adx, atr, obv",
                "/api/v1/indicators/SPY?i=sma:x            | period    | x     | a whole number from 1 to 1000",
                "/api/v1/indicators/SPY?i=sma&lst=5        | lst       | 5     | only these parameters: adjustment, format, from, i, last, numbers, timeframe, to",
                "/api/v1/bars/SPY?last=many                | last      | many  | a whole number from 1 to 9999999",
                "/api/v1/tickers?prefix=A                  | prefix    | A     | only these parameters: timeframe",
                "/api/v1/strategies?name=A                 | name      | A     | no parameters",
                "/api/v1/indicators?name=A                 | name      | A     | no parameters",
                "/api/v1/discovery?service=A               | service   | A     | no parameters",
                "/api/v1/discovery/stream?service=A        | service   | A     | no parameters",
            })
    void badParameterIs400AndNamesFieldValueAndWhatWasExpected(
            String url, String parameter, String value, String expected) {
        JsonNode problem = problem(url, 400);

        assertThat(problem.get("type").asString()).isEqualTo("urn:problem:invalid-parameter");
        assertThat(problem.get("parameter").asString()).isEqualTo(parameter);
        assertThat(problem.get("value").asString()).isEqualTo(value);
        assertThat(problem.get("expected").asString()).isEqualTo(expected);
        assertThat(STOCK_SERVICE.log()).as("nothing is asked of stock-service").isEmpty();
    }

    @Test
    void everyBadIndicatorIsNamedAtOnceSoThatTheOthersCanBeAskedForAgain() {
        JsonNode problem = problem("/api/v1/indicators/SPY?i=sma:20,foo,macd:26:12,obv,rsi:x&last=0", 400);

        assertThat(problem.get("errors").toString()).isEqualTo("""
                [{"parameter":"last","value":"0","expected":"a whole number from 1 to 9999999"},\
                {"parameter":"i","value":"foo","expected":"an indicator: sma, ema, bbands, rsi, macd, stoch, adx, atr, obv","indicator":"foo"},\
                {"parameter":"fast","value":"26","expected":"less than slow, which is 12","indicator":"macd:26:12"},\
                {"parameter":"period","value":"x","expected":"a whole number from 1 to 1000","indicator":"rsi:x"}]""");
        assertThat(STOCK_SERVICE.log()).as("nothing is asked of stock-service").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signals", "bars", "backtests", "indicators"})
    void badTickerIsNamedBesideWhatElseIsBad(String resource) {
        JsonNode problem = problem("/api/v1/" + resource + "/=1+1?i=sma&last=0", 400);

        assertThat(problem.get("errors")
                        .valueStream()
                        .map(error -> error.get("parameter").asString()))
                .contains("ticker", "last");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/signals/NONE", "/api/v1/indicators/NONE?i=sma", "/api/v1/bars/NONE"})
    void unknownTickerIs404(String url) {
        JsonNode problem = problem(url, 404);

        assertThat(problem.get("type").asString()).isEqualTo("urn:problem:ticker-not-found");
        assertThat(problem.get("detail").asString()).isEqualTo("stock-service has no 1d bars of NONE");
        assertThat(problem.get("ticker").asString()).isEqualTo("NONE");
    }

    @ParameterizedTest
    @CsvSource({
        "500, 502, bad-upstream-answer",
        "503, 503, no-endpoint",
        "504, 504, upstream-timeout",
        "200, 502, bad-upstream-answer"
    })
    void failuresOfStockServiceKeepTheirMeaning(int upstream, int status, String slug) {
        STOCK_SERVICE.answerWith(upstream, "text/plain", "oops");

        MvcTestResult result = mvc.get().uri("/api/v1/signals/SPY").exchange();

        assertThat(result).hasStatus(status);
        assertThat(tree(result).get("type").asString()).isEqualTo("urn:problem:" + slug);
        assertThat(result.getResponse().getHeader(HttpHeaders.RETRY_AFTER)).isEqualTo(status == 503 ? "5" : null);
    }

    @Test
    void stockServiceThatClosesEveryConnectionIs503() {
        STOCK_SERVICE.cutConnections(true);

        assertThat(problem("/api/v1/signals/SPY", 503).get("type").asString()).isEqualTo("urn:problem:no-endpoint");
    }

    @Test
    void unknownPathIsAProblemToo() {
        assertThat(problem("/api/v1/nonsense", 404).get("type").asString()).isEqualTo("urn:problem:not-found");
    }

    @Test
    void pageIsServedWithEverythingItLoads() {
        assertThat(mvc.get().uri("/").exchange()).hasStatusOk().hasForwardedUrl("index.html");
    }

    @ParameterizedTest
    @ValueSource(strings = {"liveness", "readiness"})
    void healthIsUpWithoutStockService(String probe) {
        STOCK_SERVICE.cutConnections(true);

        assertThat(get("/actuator/health/" + probe).get("status").asString()).isEqualTo("UP");
    }

    private JsonNode get(String url) {
        MvcTestResult result = mvc.get().uri(url).exchange();
        assertThat(result).hasStatusOk();
        return tree(result);
    }

    private JsonNode problem(String url, int status) {
        MvcTestResult result = mvc.get().uri(url).exchange();
        assertThat(result).hasStatus(status).hasContentTypeCompatibleWith("application/problem+json");
        return tree(result);
    }

    private JsonNode tree(MvcTestResult result) {
        return json.readTree(result.getResponse().getContentAsByteArray());
    }
}
