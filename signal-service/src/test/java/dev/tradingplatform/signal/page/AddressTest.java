package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.SampleBars;
import org.junit.jupiter.api.Test;

/** What is chosen, in the page's address: typed by hand, and gone back to. */
@InBrowser
class AddressTest {

    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";
    private static final String ASKED_FOR_BARS =
            "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/bars/')).length";
    private static final String ASKED_FOR_SIGNALS =
            "performance.getEntriesByType('resource').filter(({ name }) => name.includes('/signals/')).length";

    @Test
    void correctsAStrategyNobodyKnowsSoThatOneCanGoBackToIt(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=A&strategy=foo&p.depth=3"));
        tab.until(DRAWN);
        tab.until("document.querySelectorAll('.ticker').length === 2");
        assertThat(tab.run("location.search").asString())
                .contains("strategy=sma-cross")
                .doesNotContain("depth");

        tab.click("[data-ticker=B]");
        tab.untilText("#ticker-name", "B");
        tab.until(DRAWN);
        tab.run("history.back()");

        tab.untilText("#ticker-name", "A");
        tab.until(DRAWN);
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void goesBackToAnAddressSomebodyWrote(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);

        tab.run("history.pushState(null, '', '?ticker=B&strategy=foo')");
        tab.run("history.pushState(null, '', '?ticker=A')");
        tab.run("history.back()");

        tab.untilText("#ticker-name", "B");
        tab.until(DRAWN);
        assertThat(tab.run("document.querySelector('#strategy').value").asString())
                .isEqualTo("sma-cross");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void skipLinkGoesToTheChartAndLoadsNothing(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);
        int bars = tab.run(ASKED_FOR_BARS).asInt();
        int signals = tab.run(ASKED_FOR_SIGNALS).asInt();

        tab.run("document.querySelector('.skip').click()");
        tab.until("document.activeElement.id === 'chart'");

        tab.until(ASKED_FOR_SIGNALS + " > " + (signals + 1));
        assertThat(tab.run(ASKED_FOR_BARS).asInt()).isEqualTo(bars);
    }

    @Test
    void marksATickerThatIsWrittenSmall(Stage stage, Tab tab) {
        stage.with(1).store("SPY", SampleBars.randomWalk(1, 300));

        tab.open(stage.page("?ticker=spy"));

        tab.until("document.querySelector('[data-ticker=SPY]').ariaCurrent === 'true'");
    }

    @Test
    void opensTheTickerThatWasViewedLast(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page(""));
        tab.untilText("#ticker-name", "A");
        tab.until("document.querySelectorAll('.ticker').length === 2");

        tab.click("[data-ticker=B]");
        tab.untilText("#ticker-name", "B");
        tab.open(stage.page(""));

        tab.untilText("#ticker-name", "B");
    }
}
