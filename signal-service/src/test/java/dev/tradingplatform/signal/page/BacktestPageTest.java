package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import org.junit.jupiter.api.Test;

/** What following the strategy would have brought, as the page tells it. */
@InBrowser
class BacktestPageTest {

    private static final String QUERY = "?ticker=HILL&strategy=sma-cross&p.fast=5&p.slow=10&i=";

    @Test
    void showsWhatTheStrategyBroughtBesideBuyingAndHolding(Stage stage, Tab tab) {
        stage.with(1).store("HILL", SampleBars.hill());
        tab.prefer("light");

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

    private static String tile(Tab tab, String label) {
        return tab.run(
                        "[...document.querySelectorAll('#tiles div')].find((tile) => tile.firstChild.textContent === '%s')"
                                        .formatted(label)
                                + ".innerText.replaceAll('\\n', ' ')")
                .asString();
    }
}
