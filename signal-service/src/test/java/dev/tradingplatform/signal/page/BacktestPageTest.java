package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What following the strategy would have brought, as the page tells it. */
@InBrowser
class BacktestPageTest {

    private static final String SAME_BAR =
            "document.querySelector('#legend b').innerText === document.querySelector('#equity-legend b').innerText";
    private static final String QUERY = "?ticker=HILL&strategy=sma-cross&p.fast=5&p.slow=10&i=";

    @Test
    void showsWhatTheStrategyBroughtBesideBuyingAndHolding(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.prefer("light");
        tab.size(1440, 1300);

        tab.open(stage.page(QUERY));
        tab.untilText("#tiles", "Return");

        // 94.33962264 shares at 106, sold at 134
        assertThat(tile(tab, "Return")).contains("+26.4", "12,641.51");
        // 71.42857142 shares for 140 each, 101 each at the end
        assertThat(tile(tab, "Buy and hold")).contains("27.9", "7,214.29");
        // From 140 to 134
        assertThat(tile(tab, "Max drawdown")).contains("4.3 %", "2020-03-27");
        assertThat(tile(tab, "Trades")).contains("1 won", "100");
        assertThat(tab.run("document.querySelector('#equity').ariaLabel").asString())
                .contains("120 bars", "12,641.51");
        assertThat(tab.screen("#equity").count(tab.colour("accent")))
                .as("pixels of the equity curve")
                .isGreaterThan(150);
    }

    @Test
    void tradesAnewWhenARuleChangesAndKeepsItInTheUrl(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.open(stage.page(QUERY));
        tab.untilText("#tiles", "12,641.51");

        tab.run("""
                const commission = document.querySelector('#commission');
                commission.value = '1';
                commission.dispatchEvent(new Event('change'))""");

        // 93.40556697 shares at 106 and at 134, a hundredth more and a hundredth less
        tab.untilText("#tiles", "12,391.18");
        assertThat(tab.run("location.search").asString()).contains("b.commission=0.01");
        tab.reload();
        tab.untilText("#tiles", "12,391.18");
    }

    @Test
    void saysWhatIsWrongWithARuleAndShowsTheChartAllTheSame(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());

        tab.open(stage.page(QUERY + "&b.cash=0"));

        tab.untilText("#backtest-state", "cash");
        tab.untilText("#legend", "C ");
        assertThat(tab.run("document.querySelector('#tiles').hidden").asBoolean())
                .isTrue();
    }

    @Test
    void tradesInAPeriodOnlyAndKeepsItInTheUrl(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.open(stage.page(QUERY));
        tab.untilText("#tiles", "of 120 bars");

        enter("from", "2020-03-01", tab);
        tab.untilText("#tiles", "of 60 bars");
        enter("to", "2020-03-10", tab);
        tab.untilText("#tiles", "of 10 bars");
        assertThat(tab.run("location.search").asString()).contains("b.from=2020-03-01", "b.to=2020-03-10");
        tab.reload();
        tab.untilText("#tiles", "of 10 bars");

        enter("to", "2020-02-01", tab);
        tab.untilText("#to-problem", "Expected: a date from 2020-03-01 on");
        assertThat(tab.run("location.search").asString()).contains("b.to=2020-03-10");
        enter("to", "", tab);
        enter("from", "2021-01-01", tab);
        tab.untilText("#backtest-state", "No bars in this period");
        assertThat(Axe.graveFaults(tab)).isEmpty();
    }

    @Test
    void listsTheTradesAndShowsTheirBarsInTheChart(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.open(stage.page(QUERY));
        tab.untilText("#trade-count", "1");

        tab.click("#trades summary");
        assertThat(tab.text("#trade-rows"))
                .contains("long", "94.33962", "106.00", "134.00", "2,641.51", "+26.4 %", "crossed below");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.click("#trade-rows tr td:nth-child(5) button");

        tab.untilText("#legend", tab.text("#trade-rows tr td:nth-child(5)"));
    }

    @Test
    void crosshairIsAtTheSameBarInBothCharts(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.open(stage.page(QUERY));
        tab.untilText("#tiles", "Return");
        tab.until("document.querySelector('#equity-legend b')");

        tab.run("document.querySelector('#equity').scrollIntoView({ block: 'center' })");
        moveOver("#equity", tab);
        tab.until("!document.querySelector('#equity-legend b').innerText.startsWith('2020-04-29')");
        tab.until(SAME_BAR);
        String onEquity = tab.text("#legend b");
        tab.run("document.querySelector('#chart').scrollIntoView({ block: 'center' })");
        moveOver("#chart", tab);
        tab.until("document.querySelector('#legend b').innerText !== %s".formatted(Script.quoted(onEquity)));

        tab.until(SAME_BAR);
    }

    private static void moveOver(String chart, Tab tab) {
        JsonNode box = tab.box(chart);
        double part = chart.equals("#equity") ? 0.3 : 0.6;
        tab.moveTo(
                box.path("x").asDouble() + part * box.path("width").asDouble(),
                box.path("y").asDouble() + 60);
    }

    private static void enter(String field, String value, Tab tab) {
        tab.run("""
                (() => {
                  const field = document.querySelector('#%s');
                  field.value = '%s';
                  field.dispatchEvent(new Event('change'));
                })()""".formatted(field, value));
    }

    private static String tile(Tab tab, String label) {
        return tab.run(
                        "[...document.querySelectorAll('#tiles div')].find((tile) => tile.firstChild.textContent === '%s')"
                                        .formatted(label)
                                + ".innerText.replaceAll('\\n', ' ')")
                .asString();
    }
}
