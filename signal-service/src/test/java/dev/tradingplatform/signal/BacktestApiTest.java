package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@SpringBootTest(properties = "discovery.namespace=test.local")
@AutoConfigureMockMvc
class BacktestApiTest {

    private static final FakeStockService STOCK_SERVICE = new FakeStockService();

    /** A mean of one bar against one of two buys on day 2 and sells on day 4. */
    private static final Bars CROSSING =
            SampleBars.rows(bar(10, 10), bar(10, 9), bar(9, 11), bar(12, 12), bar(13, 8), bar(7, 7.5));

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JsonMapper json;

    private static double[] bar(double open, double close) {
        return new double[] {open, Math.max(open, close), Math.min(open, close), close, 1};
    }

    @DynamicPropertySource
    static void stockService(DynamicPropertyRegistry registry) {
        registry.add("signals.stock-service", STOCK_SERVICE::url);
    }

    @BeforeEach
    void store() {
        STOCK_SERVICE.reset();
        STOCK_SERVICE.store("CROSSING", CROSSING, 17);
    }

    @AfterAll
    static void close() {
        STOCK_SERVICE.close();
    }

    @Test
    void backtestSaysWhatFollowingAStrategyWouldHaveBrought() {
        ObjectNode answer = (ObjectNode)
                json.readTree(body("/api/v1/backtests/crossing?fast=1&slow=2&cash=100&side=both&shares=whole"));

        assertThat(answer.at("/source/revision").asInt()).isEqualTo(17);
        assertThat(answer.without("source").toString()).isEqualTo("""
                {"ticker":"CROSSING","timeframe":"1d","adjustment":"split","strategy":"sma-cross","params":{"fast":1,"slow":2},\
                "rules":{"cash":100.0,"commission":0.0,"slippage":0.0,"side":"BOTH","fill":"NEXT_OPEN","shares":"WHOLE"},\
                "summary":{"from":"2020-01-01T00:00:00Z","to":"2020-01-06T00:00:00Z","bars":6,\
                "finalEquity":56.0,"return":-0.43999999999999995,\
                "buyAndHold":{"shares":10,"finalEquity":75.0,"return":-0.25},\
                "maxDrawdown":{"fraction":0.43999999999999995,"peak":"2020-01-04T00:00:00Z",\
                "trough":"2020-01-06T00:00:00Z","recovered":null},\
                "trades":1,"wins":0,"winRate":0.0,"exposure":0.5,"commissionPaid":0.0,"profitFactor":0.0,"cagr":null,"sharpe":null,"sortino":null},\
                "trades":[{"side":"LONG","shares":8,"entryTime":"2020-01-04T00:00:00Z","entryPrice":12.0,\
                "entryReason":"SMA1 11 crossed above SMA2 10","exitTime":"2020-01-06T00:00:00Z","exitPrice":7.0,\
                "exitReason":"SMA1 8 crossed below SMA2 10","commission":0.0,"profit":-40.0,\
                "return":-0.4166666666666667}],\
                "position":{"side":"SHORT","shares":8,"entryTime":"2020-01-06T00:00:00Z","entryPrice":7.0,\
                "entryReason":"SMA1 8 crossed below SMA2 10","price":7.5,"commission":0.0,"profit":-4.0,\
                "return":-0.07142857142857142},\
                "pending":null,"warnings":[],\
                "equity":{"timestamps":["2020-01-01T00:00:00Z","2020-01-02T00:00:00Z","2020-01-03T00:00:00Z",\
                "2020-01-04T00:00:00Z","2020-01-05T00:00:00Z","2020-01-06T00:00:00Z"],\
                "values":[100,100,100,100,68,56],"buyAndHold":[100,90,110,120,80,75]},\
                "warmup":{"required":3,"bars":6,"ready":true}}""");
    }

    @Test
    void presetsAreTenThousandWithoutCosts() {
        JsonNode rules = json.readTree(body("/api/v1/backtests/CROSSING")).get("rules");

        assertThat(rules.toString())
                .isEqualTo(
                        "{\"cash\":10000.0,\"commission\":0.0,\"slippage\":0.0,\"side\":\"LONG\",\"fill\":\"NEXT_OPEN\",\"shares\":\"FRACTIONAL\"}");
    }

    @Test
    void tooFewBarsAreNoErrorAndTheCashStaysWhatItIs() {
        JsonNode answer = json.readTree(body("/api/v1/backtests/CROSSING"));

        assertThat(answer.at("/warmup/ready").asBoolean()).isFalse();
        assertThat(answer.get("trades")).isEmpty();
        assertThat(answer.at("/equity/values").toString()).isEqualTo("[10000,10000,10000,10000,10000,10000]");
        assertThat(answer.at("/summary/winRate").isNull()).isTrue();
    }

    @Test
    void windowIsThePeriodTradedWhileTheStrategySawAllBars() {
        JsonNode answer = json.readTree(body("/api/v1/backtests/CROSSING?fast=1&slow=2&from=2020-01-03&to=2020-01-05"));

        assertThat(answer.at("/equity/timestamps")).hasSize(3);
        assertThat(answer.at("/position/entryTime").asString()).isEqualTo("2020-01-04T00:00:00Z");
        assertThat(answer.at("/pending/action").asString()).isEqualTo("SELL");
    }

    @Test
    void tradesAreATableWithTheOpenPositionLast() {
        assertThat(body("/api/v1/backtests/CROSSING?fast=1&slow=2&cash=100&side=both&shares=whole&format=csv"))
                .isEqualTo("""
                side,shares,entryTime,entryPrice,exitTime,exitPrice,commission,profit,return,entryReason,exitReason
                LONG,8,2020-01-04T00:00:00Z,12.0,2020-01-06T00:00:00Z,7.0,0.0,-40.0,-0.4166666666666667,\
                SMA1 11 crossed above SMA2 10,SMA1 8 crossed below SMA2 10
                SHORT,8,2020-01-06T00:00:00Z,7.0,,,0.0,-4.0,-0.07142857142857142,SMA1 8 crossed below SMA2 10,
                """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cash=0           | cash       | a number from 1 to 1000000000000",
                "cash=1e400       | cash       | a number from 1 to 1000000000000",
                "commission=0.2   | commission | a number from 0 to 0.1",
                "slippage=0.2     | slippage   | a number from 0 to 0.1",
                "shares=half      | shares     | fractional or whole",
                "timeframe=2d     | timeframe  | one of 1m, 5m, 15m, 30m, 1h, 4h, 1d, 1w, 1mo",
                "adjustment=none  | adjustment | raw or split or all",
                "commission=-0.01 | commission | a number from 0 to 0.1",
                "side=short       | side       | long or both",
                "fill=close       | fill       | next-open",
                "fast=30&slow=10  | fast       | less than slow, which is 10",
                "strategy=none    | strategy   | one of sma-cross, ema-cross, macd-cross, rsi-reversion, bollinger-reversion",
                "fsat=3           | fsat       | no such parameter; there are: fast, slow",
                "format=xml       | format     | json or csv"
            })
    void badParameterIs400AndNamesFieldValueAndWhatWasExpected(String query, String parameter, String expected) {
        MvcTestResult result =
                mvc.get().uri("/api/v1/backtests/CROSSING?" + query).exchange();

        assertThat(result).hasStatus(400);
        assertThat(result).bodyJson().extractingPath("parameter").isEqualTo(parameter);
        assertThat(result).bodyJson().extractingPath("expected").isEqualTo(expected);
        assertThat(STOCK_SERVICE.log()).as("nothing is asked of stock-service").isEmpty();
    }

    @Test
    void everyBadParameterIsNamedAtOnce() {
        assertThat(mvc.get()
                        .uri("/api/v1/backtests/CROSSING?cash=x&commission=1&side=no&last=0&slow=0")
                        .exchange())
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[*].parameter")
                .asArray()
                .containsExactlyInAnyOrder("cash", "commission", "side", "last", "slow");
    }

    @Test
    void cashThatBuysNoShareIsAWarning() {
        assertThat(json.readTree(body("/api/v1/backtests/CROSSING?fast=1&slow=2&cash=11&shares=whole"))
                        .get("warnings")
                        .toString())
                .isEqualTo("[\"A cash of 11 bought no share at 2020-01-04T00:00:00Z, where one cost 12."
                        + " Use more cash, or shares=fractional.\"]");
        assertThat(json.readTree(body("/api/v1/backtests/CROSSING?fast=1&slow=2&cash=11"))
                        .at("/trades/0/shares")
                        .decimalValue())
                .isEqualTo("0.91666666");
    }

    @Test
    void negativePricesGiveSignalsButNoBacktest() {
        STOCK_SERVICE.store(
                "CL=F", SampleBars.rows(bar(10, 10), bar(10, 9), bar(9, -37.63), bar(-14, 10.01), bar(10, 12)), 1);

        MvcTestResult refused =
                mvc.get().uri("/api/v1/backtests/CL=F?fast=1&slow=2").exchange();

        assertThat(refused).hasStatus(422);
        assertThat(refused).bodyJson().extractingPath("type").isEqualTo("urn:problem:price-not-above-zero");
        assertThat(json.readTree(body("/api/v1/signals/CL=F?fast=1&slow=2")).get("events"))
                .hasSize(1);
        assertThat(json.readTree(body("/api/v1/signals/CL=F?fast=1&slow=2"))
                        .get("strength")
                        .asDouble())
                .isPositive();
        assertThat(json.readTree(body("/api/v1/indicators/CL=F?i=sma:3")).at("/series/sma:3/2"))
                .hasToString(Double.toString((10 + 9 - 37.63) / 3));
    }

    @Test
    void sweepAnswersACellForEachCombinationThatGoesTogether() {
        JsonNode answer = json.readTree(body("/api/v1/backtests/CROSSING/sweep?fast=1:2:1&slow=2:3:1&cash=100"));

        assertThat(answer.get("axes").toString())
                .isEqualTo("[{\"name\":\"fast\",\"values\":[1,2]},{\"name\":\"slow\",\"values\":[2,3]}]");
        assertThat(answer.get("cells")
                        .valueStream()
                        .map(cell -> cell.get("values").toString()))
                .containsExactly("[1,2]", "[1,3]", "[2,3]");
        assertThat(answer.at("/cells/0/return"))
                .isEqualTo(json.readTree(body("/api/v1/backtests/CROSSING?fast=1&slow=2&cash=100"))
                        .at("/summary/return"));
        assertThat(answer.at("/rules/cash").asDouble()).isEqualTo(100);
        assertThat(answer.at("/source/revision").asInt()).isEqualTo(17);
    }

    @Test
    void sweepReportsItsProgressAsEvents() {
        MvcTestResult result = mvc.get()
                .uri("/api/v1/backtests/CROSSING/sweep?fast=1:2:1&slow=2:3:1&cash=100")
                .accept(MediaType.TEXT_EVENT_STREAM)
                .exchange();

        assertThat(result).hasStatusOk();
        String events = new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
        assertThat(events).startsWith("event: progress\ndata: {\"done\":1,\"total\":4}\n\n");
        assertThat(events).contains("{\"done\":4,\"total\":4}");
        String last = events.substring(events.indexOf("event: result\ndata: ") + "event: result\ndata: ".length());
        assertThat(json.readTree(last).get("cells")).hasSize(3);
    }

    @Test
    void sweepOnTooManyBarsIsRefused() {
        STOCK_SERVICE.store("LONG", SampleBars.randomWalk(1, 50_000), 1);

        MvcTestResult result = mvc.get()
                .uri("/api/v1/backtests/LONG/sweep?fast=1:50:1&slow=51:100:1")
                .exchange();

        assertThat(result).hasStatus(400);
        assertThat(result).bodyJson().extractingPath("value").isEqualTo("2500 combinations on 50000 bars");
    }

    @Test
    void unknownTickerIs404() {
        assertThat(mvc.get().uri("/api/v1/backtests/NONE").exchange()).hasStatus(404);
    }

    private String body(String url) {
        MvcTestResult result = mvc.get().uri(url).exchange();
        assertThat(result).hasStatusOk();
        return new String(result.getResponse().getContentAsByteArray(), StandardCharsets.UTF_8);
    }
}
