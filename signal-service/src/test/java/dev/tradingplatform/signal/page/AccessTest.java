package dev.tradingplatform.signal.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tradingplatform.signal.bar.Bars;
import dev.tradingplatform.signal.bar.SampleBars;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page by keyboard, on every width, in both schemes. */
@InBrowser
class AccessTest {

    private static final Bars WALK = SampleBars.randomWalk(1, 300);
    private static final String DRAWN = "document.querySelector('#legend').innerText.includes('C ')";
    private static final String FOCUSED = """
            (() => {
              const it = document.activeElement;
              return it.id || it.dataset.ticker || it.dataset.key || it.name || it.className || it.innerText;
            })()""";
    private static final String SEEN = """
            (() => {
              const { outlineStyle, opacity } = getComputedStyle(document.activeElement);
              return outlineStyle !== 'none' && opacity !== '0';
            })()""";

    @Test
    void keyboardReachesEverything(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);
        tab.until("document.querySelectorAll('.ticker').length === 2");
        tab.until("document.querySelector('#tiles').children.length > 0");

        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 120 && !reached.contains("events"); i++) {
            tab.press("Tab");
            assertThat(tab.run(SEEN).asBoolean())
                    .as(tab.run(FOCUSED).asString())
                    .isTrue();
            reached.add(tab.run("document.activeElement.closest('.events table') ? 'events' : " + FOCUSED)
                    .asString());
        }

        assertThat(reached)
                .containsSubsequence(
                        "skip",
                        "import-open",
                        "theme",
                        "ticker-filter",
                        "A",
                        "strategy",
                        "sma:20",
                        "rsi:14",
                        "Add indicator",
                        "another",
                        "chart",
                        "cash",
                        "commission",
                        "from",
                        "to",
                        "side",
                        "events")
                .doesNotContain("B");
    }

    @Test
    void arrowKeysGoThroughTickersAndBars(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);
        tab.until("document.querySelectorAll('.ticker').length === 2");
        assertThat(tab.box("#ticker-choice").path("width").asInt())
                .as("menu of a phone")
                .isZero();

        tab.run("document.querySelector('[data-ticker=A]').focus()");
        tab.press("ArrowDown");
        tab.press("Enter");
        tab.untilText("#ticker-name", "B");
        tab.until(DRAWN);
        tab.run("document.querySelector('#chart').focus()");
        tab.press("ArrowLeft");

        tab.until("document.querySelector('#chart-reading').textContent.startsWith('2020-10-25')");
        tab.press("PageUp");
        tab.until("/(BUY|SELL) SMA10/.test(document.querySelector('#chart-reading').textContent)");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void filterOpensTheOnlyMatchByEnterAndLeadsToTheListByArrowDown(Stage stage, Tab tab) {
        stage.with(1).store("AA", SampleBars.randomWalk(1, 300)).store("AB", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=AA"));
        tab.until(DRAWN);
        tab.until("document.querySelectorAll('.ticker').length === 2");

        tab.run("document.querySelector('#ticker-filter').focus()");
        tab.type("a");
        tab.press("Enter");
        tab.press("ArrowDown");
        assertThat(tab.run(FOCUSED).asString()).isEqualTo("AA");
        assertThat(tab.text("#ticker-name")).isEqualTo("AA");

        tab.run("document.querySelector('#ticker-filter').focus()");
        tab.type("b");
        tab.press("Enter");
        tab.untilText("#ticker-name", "AB");
    }

    @Test
    void saysWhatChangeSignalAndColoursAreAbout(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("ONE", SampleBars.closes(100));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);

        assertThat(tab.text("#change")).contains("% since the previous close");
        assertThat(tab.text("#badge")).containsPattern("(No new signal|BUY|SELL) · (long|no position)");
        assertThat(tab.text("#theme")).isEqualTo("Colours: auto");
        tab.untilText("[data-ticker=ONE]", "1 bar");
        assertThat(tab.text("[data-ticker=ONE]")).doesNotContain("1 bars");
    }

    @Test
    void leavesTheKeysOfTheBrowserAlone(Stage stage, Tab tab) {
        stage.with(1).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=B"));
        tab.until(DRAWN);
        tab.until("document.querySelectorAll('.ticker').length === 2");
        tab.run("""
                window.taken = [];
                addEventListener('keydown', (event) => taken.push(event.defaultPrevented))""");

        for (String place : List.of("[data-ticker=B]", "#chart")) {
            tab.run("document.querySelector('%s').focus()".formatted(place));
            tab.pressWithAlt("ArrowLeft");
        }

        tab.until("taken.length === 2");
        assertThat(tab.run("taken.some(Boolean)").asBoolean()).isFalse();
        assertThat(tab.run(FOCUSED).asString()).isEqualTo("chart");
        assertThat(tab.run("document.querySelector('#chart-reading').textContent")
                        .asString())
                .isEmpty();
    }

    @Test
    void keepsTheFocusWhereItIsWhenTickersCome(Stage stage, Tab tab) {
        stage.with(1).store("B", SampleBars.randomWalk(1, 300)).store("D", SampleBars.randomWalk(2, 300));
        tab.open(stage.page("?ticker=B"));
        tab.until("document.querySelectorAll('.ticker').length === 2");

        tab.run("document.querySelector('[data-ticker=D]').focus()");
        stage.store("A", SampleBars.randomWalk(3, 300)).store("C", SampleBars.randomWalk(4, 300));
        tab.until("document.querySelectorAll('.ticker').length === 4");

        assertThat(tab.run(FOCUSED).asString()).isEqualTo("D");
        assertThat(tab.run("[...document.querySelectorAll('.ticker')].map(each => each.dataset.ticker).join('')")
                        .asString())
                .isEqualTo("ABCD");
    }

    @Test
    void keepsTheFocusWhereItIsWhenBarsCome(Stage stage, Tab tab) {
        Bars all = SampleBars.randomWalk(1, 300);
        stage.with(1).store("A", SampleBars.first(299, all));
        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);
        tab.untilText("#event-rows", "crossed");

        tab.run("document.querySelector('#event-rows button').focus()");
        String focused = tab.run(FOCUSED).asString();
        stage.replicas().getFirst().store("A", all, 2);
        tab.untilText("#source", "revision 2");
        tab.untilText("#legend", "2020-10-26");

        assertThat(tab.run(FOCUSED).asString()).isEqualTo(focused).startsWith("2020-");
    }

    @Test
    void nothingIsWiderThanTheWindow(Stage stage, Tab tab) {
        stage.with(3).store("A", SampleBars.randomWalk(1, 300)).store("B", SampleBars.randomWalk(2, 300));
        for (String scheme : List.of("light", "dark")) {
            tab.prefer(scheme);
            for (int width : new int[] {320, 390, 768, 1024, 1440}) {
                tab.size(width, 844);
                tab.open(stage.page("?ticker=A&i=bbands:20:2,macd:12:26:9"));
                tab.until(DRAWN);
                tab.until("document.querySelector('#tiles').children.length > 0");

                assertThat(tab.run("document.documentElement.scrollWidth").asInt())
                        .as("%s at %d", scheme, width)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    @Test
    void phoneShowsTheChartOnTheFirstScreenAndTickersInAMenu(Stage stage, Tab tab) {
        stage.with(1);
        for (int i = 0; i < 500; i++) {
            stage.store("T" + (1000 + i), WALK);
        }
        tab.size(390, 844);
        tab.open(stage.page("?ticker=T1400&i="));
        tab.until(DRAWN);
        tab.until("document.querySelectorAll('#ticker-choice option').length === 500");

        assertThat(tab.box("#chart").path("bottom").asInt()).isLessThan(800);
        assertThat(tab.run("document.querySelector('#ticker-choice').value").asString())
                .isEqualTo("T1400");
        tab.click("#settings summary");
        tab.until("document.querySelector('#strategy').checkVisibility()");
        assertThat(Axe.graveFaults(tab)).isEmpty();
        tab.run("""
                (() => {
                  const menu = document.querySelector('#ticker-choice');
                  menu.value = 'T1003';
                  menu.dispatchEvent(new Event('change'));
                })()""");
        tab.untilText("#ticker-name", "T1003");
    }

    @Test
    void listIsScrolledToTheChosenTicker(Stage stage, Tab tab) {
        stage.with(1);
        for (int i = 0; i < 500; i++) {
            stage.store("T" + (1000 + i), WALK);
        }

        tab.open(stage.page("?ticker=T1400"));
        tab.until("document.querySelectorAll('.ticker').length === 500");

        tab.until("""
                (() => {
                  const list = document.querySelector('#ticker-list').getBoundingClientRect();
                  const chosen = document.querySelector('[data-ticker=T1400]').getBoundingClientRect();
                  return chosen.top >= list.top && chosen.bottom <= list.bottom;
                })()""");
        assertThat(tab.run("scrollY").asInt()).isZero();
    }

    @Test
    void phoneIsAccessible(Stage stage, Tab tab) {
        stage.with(3).store("A", SampleBars.randomWalk(1, 300));
        tab.size(390, 844);

        tab.open(stage.page("?ticker=A"));
        tab.until(DRAWN);

        assertThat(Axe.graveFaults(tab)).isEmpty();
    }
}
