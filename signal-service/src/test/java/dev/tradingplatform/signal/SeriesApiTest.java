package dev.tradingplatform.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tradingplatform.signal.bar.Bar;
import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import dev.tradingplatform.signal.market.FakeStockService;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webmvc.test.autoconfigure.AutoConfigureMockMvc;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Which bars the calls use: adjusted for splits unless the request says otherwise, and of each timeframe. */
@SpringBootTest(properties = "discovery.namespace=test.local")
@AutoConfigureMockMvc
class SeriesApiTest {

    private static final FakeStockService STOCK_SERVICE = new FakeStockService();

    /** A split of 2 for 1 before the fourth day; the price does not move otherwise. */
    private static final Bars RAW = SampleBars.closes(200, 204, 208, 106, 108, 110);

    private static final String SPLIT = "{\"timestamp\":\"2020-01-04T00:00:00Z\",\"numerator\":2,\"denominator\":1}";

    private static final Bars ADJUSTED = SampleBars.closes(100, 102, 104, 106, 108, 110);

    @Autowired
    private MockMvcTester mvc;

    @Autowired
    private JsonMapper json;

    @DynamicPropertySource
    static void stockService(DynamicPropertyRegistry registry) {
        registry.add("signals.stock-service", STOCK_SERVICE::url);
    }

    @BeforeEach
    void store() {
        STOCK_SERVICE.reset();
        STOCK_SERVICE.store("SPLIT", RAW, 7);
        STOCK_SERVICE.storeAdjusted("SPLIT", "split", ADJUSTED, 7);
        STOCK_SERVICE.store("BOTH", SampleBars.closes(1, 2, 3), 1);
        STOCK_SERVICE.store("BOTH", "5m", sessions(), 1);
    }

    @AfterAll
    static void close() {
        STOCK_SERVICE.close();
    }

    /** Three sessions of six bars, with a night, a weekend and a change of clocks between. */
    private static Bars sessions() {
        List<Bar> rows = new ArrayList<>();
        for (String open : List.of("2024-03-07T14:30:00Z", "2024-03-08T14:30:00Z", "2024-03-11T13:30:00Z")) {
            for (int i = 0; i < 6; i++) {
                double close = 100 + rows.size() % 5;
                rows.add(new Bar(Instant.parse(open).plus(Duration.ofMinutes(5L * i)), close, close, close, close, 10));
            }
        }
        return Bars.of(rows);
    }

    @Test
    void barsAreAdjustedForSplitsUnlessRawOnesAreRequested() {
        JsonNode adjusted = get("/api/v1/bars/SPLIT");
        JsonNode raw = get("/api/v1/bars/SPLIT?adjustment=raw");

        assertThat(adjusted.at("/series/close").toString()).isEqualTo("[100,102,104,106,108,110]");
        assertThat(adjusted.get("adjustment").asString()).isEqualTo("split");
        assertThat(adjusted.get("timeframe").asString()).isEqualTo("1d");
        assertThat(raw.at("/series/close").toString()).isEqualTo("[200,204,208,106,108,110]");
        assertThat(raw.get("adjustment").asString()).isEqualTo("raw");
    }

    @Test
    void splitBringsNoSignalAndNoLoss() {
        String strategy = "strategy=sma-cross&fast=1&slow=2";

        assertThat(get("/api/v1/signals/SPLIT?" + strategy).get("events")).isEmpty();
        assertThat(get("/api/v1/signals/SPLIT?adjustment=raw&" + strategy).get("events"))
                .hasSize(2);
        assertThat(get("/api/v1/backtests/SPLIT?" + strategy)
                        .at("/summary/buyAndHold/return")
                        .asDouble())
                .isCloseTo(0.1, within(1e-12));
        assertThat(get("/api/v1/signals?tickers=SPLIT&" + strategy)
                        .at("/0/position")
                        .asString())
                .isEqualTo("FLAT");
        assertThat(get("/api/v1/signals?tickers=SPLIT&adjustment=raw&" + strategy)
                        .at("/0/adjustment")
                        .asString())
                .isEqualTo("raw");
    }

    @Test
    void splitsOfTheTickerComeWithItsBarsAndAreReadOnceForEachRevision() {
        STOCK_SERVICE.store("SPLITS", ADJUSTED, 7);
        STOCK_SERVICE.storeSplits("SPLITS", SPLIT);
        assertThat(get("/api/v1/bars/SPLITS").get("splits").toString()).isEqualTo("[" + SPLIT + "]");
        assertThat(get("/api/v1/bars/SPLITS?last=2").get("splits")).hasSize(1);
        assertThat(get("/api/v1/indicators/SPLITS?i=sma:2").has("splits")).isFalse();
        assertThat(STOCK_SERVICE.log())
                .filteredOn(line -> line.contains("/splits"))
                .hasSize(1);

        STOCK_SERVICE.store("SPLITS", ADJUSTED, 8);
        STOCK_SERVICE.storeSplits("SPLITS", "");

        assertThat(get("/api/v1/bars/SPLITS").get("splits")).isEmpty();
    }

    @Test
    void newSplitChangesTheEntityTag() {
        String before = tag("/api/v1/bars/SPLIT");

        STOCK_SERVICE.storeAdjusted("SPLIT", "split", SampleBars.scaled(0.5, ADJUSTED), 8);

        assertThat(tag("/api/v1/bars/SPLIT")).isNotEqualTo(before);
        assertThat(mvc.get()
                        .uri("/api/v1/bars/SPLIT")
                        .header(HttpHeaders.IF_NONE_MATCH, before)
                        .exchange())
                .hasStatusOk();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/bars/BOTH?",
                "/api/v1/indicators/BOTH?i=sma:3&",
                "/api/v1/signals/BOTH?fast=1&slow=3&",
                "/api/v1/backtests/BOTH?fast=1&slow=3&"
            })
    void everyCallHasBarsOfTheRequestedTimeframe(String call) {
        JsonNode daily = get(call);
        JsonNode minutes = get(call + "timeframe=5m");

        assertThat(daily.get("timeframe").asString()).isEqualTo("1d");
        assertThat(minutes.get("timeframe").asString()).isEqualTo("5m");
        assertThat(count(daily)).isEqualTo(3);
        assertThat(count(minutes)).isEqualTo(18);
        MvcTestResult hourly = mvc.get().uri(call + "timeframe=1h").exchange();
        assertThat(hourly).hasStatus(404);
        assertThat(hourly).bodyJson().extractingPath("detail").isEqualTo("stock-service has no 1h bars of BOTH");
    }

    private static int count(JsonNode answer) {
        for (String place : List.of("/count", "/warmup/bars")) {
            if (answer.at(place).isNumber()) {
                return answer.at(place).asInt();
            }
        }
        throw new AssertionError(answer);
    }

    @Test
    void nightsWeekendsAndChangesOfClocksAreNoBars() {
        Bars daily = SampleBars.closes(sessions().close());
        STOCK_SERVICE.store("DAILY", daily, 1);
        String indicators = "?i=ema:4,rsi:3,atr:3,bbands:4:2";

        assertThat(get("/api/v1/indicators/BOTH" + indicators + "&timeframe=5m").get("series"))
                .isEqualTo(get("/api/v1/indicators/DAILY" + indicators).get("series"));
        assertThat(get("/api/v1/signals/BOTH?fast=1&slow=3&timeframe=5m").get("events"))
                .hasSameSizeAs(get("/api/v1/signals/DAILY?fast=1&slow=3").get("events"))
                .isNotEmpty();
        assertThat(get("/api/v1/signals/BOTH?fast=1&slow=3&timeframe=5m")
                        .get("asOf")
                        .asString())
                .isEqualTo("2024-03-11T13:55:00Z");
    }

    @Test
    void tickersAreListedByTimeframeWithAllThatTheyHave() {
        assertThat(get("/api/v1/tickers").at("/tickers")).hasSize(2);
        JsonNode minutes = get("/api/v1/tickers?timeframe=5m");

        assertThat(minutes.at("/tickers")).hasSize(1);
        assertThat(minutes.at("/tickers/0/ticker").asString()).isEqualTo("BOTH");
        assertThat(minutes.at("/tickers/0/timeframes").toString()).contains("\"1d\"", "\"5m\"");
        assertThat(get("/api/v1/signals?tickers=*&timeframe=5m&fast=1&slow=3")).hasSize(1);
    }

    @Test
    void answerAboutATickerWithADotIsNotNamedAsAFile() {
        STOCK_SERVICE.store("BRK.B", SampleBars.closes(1, 2, 3), 1);

        for (String call : List.of("bars", "signals", "backtests")) {
            assertThat(mvc.get().uri("/api/v1/" + call + "/BRK.B").exchange())
                    .hasHeader(HttpHeaders.CONTENT_DISPOSITION, "inline");
        }
        assertThat(mvc.get().uri("/api/v1/bars/BRK.B?format=csv").exchange())
                .hasHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"BRK.B-bars.csv\"");
    }

    @Test
    void refusedMethodIsAProblemThatNamesTheAllowedOnes() {
        MvcTestResult refused = mvc.delete().uri("/api/v1/signals/SPLIT").exchange();

        assertThat(refused).hasStatus(405);
        assertThat(refused.getResponse().getHeader(HttpHeaders.ALLOW))
                .contains(HttpMethod.GET.name(), HttpMethod.HEAD.name(), HttpMethod.OPTIONS.name());
        assertThat(refused).bodyJson().extractingPath("type").isEqualTo("urn:problem:method-not-allowed");
    }

    private JsonNode get(String url) {
        MvcTestResult result = mvc.get().uri(url).exchange();
        assertThat(result).hasStatusOk();
        return json.readTree(result.getResponse().getContentAsByteArray());
    }

    private String tag(String url) {
        return String.valueOf(mvc.get().uri(url).exchange().getResponse().getHeader(HttpHeaders.ETAG));
    }
}
