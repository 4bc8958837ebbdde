package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.awt.Color;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The chart as one sees it. */
@InBrowser
class ChartPageTest {

    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";

    private static final String QUERY = "?ticker=HILL&strategy=sma-cross&p.fast=5&p.slow=10&i=rsi:14";

    @Test
    void loadsWithoutAComplaintAndWithoutAskingAnotherHost(Stage stage, Tab tab) {
        stage.with(3).store("SPY", SampleBars.randomWalk(1, 300));

        tab.open(stage.page(""));
        tab.until(DRAWN);

        assertThat(tab.complaints()).isEmpty();
        assertThat(tab.requests())
                .hasSizeGreaterThan(15)
                .allSatisfy(uri -> assertThat(uri.getHost()).isEqualTo("127.0.0.1"))
                .allSatisfy(uri ->
                        assertThat(uri.getPort()).isEqualTo(stage.page("").getPort()));
    }

    @Test
    void showsTheCandlesOfAnImportedTicker(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill()).store("SPY", SampleBars.randomWalk(1, 300));
        tab.prefer("light");

        tab.open(stage.page("?ticker=SPY&i="));
        tab.until(DRAWN);
        Screen candles = tab.screen("#chart");
        tab.open(stage.page("?ticker=HILL&i="));
        tab.until(DRAWN);
        Screen flat = tab.screen("#chart");

        // Bars that open where they close have no body: what is green and red above is candles, not decoration
        assertThat(candles.count(tab.colour("up"))).isGreaterThan(1500);
        assertThat(candles.count(tab.colour("down"))).isGreaterThan(1500);
        assertThat(flat.count(tab.colour("down"))).isLessThan(300);
    }

    @Test
    void putsMarkersOnTheirDates(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.prefer("light");

        tab.open(stage.page(QUERY));
        tab.until(DRAWN);

        assertThat(readAtMarkers(tab, "accent"))
                .singleElement()
                .asString()
                .contains("2020-02-15", "BUY", "crossed above");
        assertThat(readAtMarkers(tab, "sell"))
                .singleElement()
                .asString()
                .contains("2020-03-26", "SELL", "crossed below", "closing a trade at +");
    }

    @Test
    void buyAndSellHaveTheSameColoursInListTableAndChart(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.prefer("light");
        tab.open(stage.page(QUERY));
        tab.untilText("#event-rows", "crossed below");

        for (String action : List.of("BUY", "SELL")) {
            String colour = action.equals("BUY") ? "accent" : "sell";
            Color shown = tab.colour(colour);
            assertThat(tab.run("getComputedStyle(document.querySelector('#event-rows .badge[data-kind=%s]')).color"
                                    .formatted(action))
                            .asString())
                    .isEqualTo("rgb(%d, %d, %d)".formatted(shown.getRed(), shown.getGreen(), shown.getBlue()));
            assertThat(tab.screen("#chart").count(shown)).as(action).isPositive();
        }
    }

    @Test
    void textsOfSignalsHideWithoutRoomAndATooltipShowsThem(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300)).store("HILL", SampleBars.hill());
        tab.prefer("light");
        tab.recordDrawnTexts();
        tab.open(stage.page("?ticker=SPY&strategy=sma-cross&p.fast=2&p.slow=3&i=&range=all"));
        tab.untilText("#period", "2020-01-01 – 2020-10-26");
        assertThat(tab.drawnTexts()).doesNotContain("S +", "S −").doesNotContainPattern("(?m)^[BS]$");

        tab.open(stage.page(QUERY));
        tab.until("[...drawn].some((text) => text.startsWith('S +'))");
        tab.until("drawn.has('B')");
        readAtMarkers(tab, "sell");

        assertThat(tab.text("#tooltip")).contains("SELL: ", "closing a trade at +");
    }

    @Test
    void keepsWhatIsChosenOverAReload(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill()).store("SPY", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=SPY"));
        tab.until(DRAWN);
        tab.until("document.querySelector('[data-ticker=HILL]')");

        tab.click("[data-ticker=HILL]");
        tab.untilText("#ticker-name", "HILL");
        tab.click("[data-key='macd:12:26:9']");
        tab.run("""
                const strategy = document.querySelector('#strategy');
                strategy.value = 'ema-cross';
                strategy.dispatchEvent(new Event('change'))""");
        tab.until("document.querySelector('#legend').innerText.includes('macd:12:26:9.signal')");
        String before = tab.run("location.search").asString();
        tab.reload();
        tab.until("document.querySelector('#legend').innerText.includes('macd:12:26:9.signal')");

        assertThat(tab.run("location.search").asString())
                .isEqualTo(before)
                .contains("ticker=HILL", "strategy=ema-cross", "macd:12:26:9");
        assertThat(tab.text("#ticker-name")).isEqualTo("HILL");
        assertThat(tab.run("document.querySelector('#strategy').value").asString())
                .isEqualTo("ema-cross");
        assertThat(tab.run("document.querySelector(\"[data-key='macd:12:26:9']\").ariaPressed")
                        .asString())
                .isEqualTo("true");
    }

    @Test
    void asksForEverythingOnce(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));

        tab.open(stage.page("?ticker=SPY"));
        tab.until(DRAWN);
        tab.until("document.querySelector('#tiles').children.length > 0");

        assertThat(tab.requests().stream().map(URI::getPath))
                .containsOnlyOnce("/api/v1/bars/SPY", "/api/v1/indicators/SPY", "/api/v1/backtests/SPY");
    }

    @Test
    void drawsAnewWhereAnswersAreOfDifferentRevisions(Stage stage, Tab tab) {
        Bars all = SampleBars.randomWalk(1, 300);
        stage.with(1).store("SPY", SampleBars.first(200, all));
        // An import is done after the other answers and before the bars
        tab.prepare("""
                const answer = window.fetch;
                window.go = Promise.withResolvers();
                window.fetch = (address, ...rest) =>
                  (address.includes('/bars/') ? go.promise : Promise.resolve()).then(() => answer(address, ...rest));""");
        tab.open(stage.page("?ticker=SPY"));
        tab.until("['indicators', 'signals', 'backtests'].every((kind) => performance.getEntriesByType('resource')"
                + ".some(({ name, responseEnd }) => name.includes(`/${kind}/SPY`) && responseEnd > 0))");
        stage.replicas().getFirst().store("SPY", all, 2);
        tab.run("go.resolve()");

        tab.untilText("#legend", "2020-10-26");
        tab.until("/rsi:14 [0-9]/.test(document.querySelector('#legend').innerText)");
    }

    /** What the legend says where the arrows of a colour are. */
    private static List<String> readAtMarkers(Tab tab, String colour) {
        double left = tab.box("#chart").path("x").asDouble();
        double top = tab.box("#chart").path("y").asDouble();
        List<String> said = new ArrayList<>();
        for (Screen.Span span : tab.screen("#chart").spans(tab.colour(colour), 12)) {
            tab.moveTo(left + span.peak(), top + 150);
            tab.until("document.querySelector('#legend .why')");
            said.add(tab.text("#legend"));
        }
        return said;
    }
}
